using System.Globalization;
using Codex.Gateway.Dialects;
using Codex.Translation.Dialects;

namespace Codex.Contract.Tests.Providers;

/// <summary>The real provider that whoever runs the tests names in the environment.</summary>
/// <param name="BaseUrl">PROVIDER_BASE_URL: what stands before <c>/chat/completions</c>; null when unset.</param>
/// <param name="Model">PROVIDER_MODEL.</param>
/// <param name="Key">PROVIDER_API_KEY; null when none is needed.</param>
/// <param name="Dialect">PROVIDER_DIALECT, else known by the host, else generic.</param>
/// <param name="ContextWindow">PROVIDER_CONTEXT_WINDOW, in tokens; null when unset.</param>
internal sealed record ProviderVariables(string? BaseUrl, string Model, string? Key, Dialect Dialect, int? ContextWindow)
{
    /// <param name="variable">Looks a variable up.</param>
    /// <exception cref="FormatException">A variable is missing or cannot be read; the message says which.</exception>
    public static ProviderVariables Read(Func<string, string?> variable)
    {
        if (Value("PROVIDER_BASE_URL") is not { } address)
            return new ProviderVariables(BaseUrl: null, Model: "", Key: null, DialectRegistry.Generic, ContextWindow: null);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new FormatException($"PROVIDER_BASE_URL is no address: {address}. It looks like https://api.example.com/v1.");
        var model = Value("PROVIDER_MODEL") ?? throw new FormatException("PROVIDER_MODEL is not set; it is the provider's own name of the model.");
        return new ProviderVariables(address, model, Value("PROVIDER_API_KEY"), DialectOf(Value("PROVIDER_DIALECT"), url), Window(Value("PROVIDER_CONTEXT_WINDOW")));

        string? Value(string name) => variable(name)?.Trim() is { Length: > 0 } value ? value : null;
    }

    private static Dialect DialectOf(string? name, Uri url)
    {
        // A dialect with Responses of its own passes them through; what is to be shown is the chat side.
        if (name is null)
            return (BackendRegistry.ForHost(url)?.Dialect ?? DialectRegistry.Generic) with { SpeaksResponses = false };
        var dialect = DialectRegistry.Find(name)
            ?? throw new FormatException($"PROVIDER_DIALECT is none of: {string.Join(", ", DialectRegistry.All.Select(d => d.Name))}.");
        return dialect with { SpeaksResponses = false };
    }

    private static int? Window(string? text) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens) && tokens > 0 ? tokens
        : throw new FormatException($"PROVIDER_CONTEXT_WINDOW is no number of tokens: {text}.");
}
