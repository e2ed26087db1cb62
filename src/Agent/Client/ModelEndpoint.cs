using System.Collections.Immutable;

namespace Codex.Agent.Client;

/// <summary>Where the model is asked, and how patiently.</summary>
/// <param name="BaseUrl">Ends before <c>/responses</c>.</param>
/// <param name="ProviderId">As the configuration names it.</param>
public sealed record ModelEndpoint(Uri BaseUrl, string ProviderId)
{
    /// <summary>Read when a request is made; null sends no key. The value is shown nowhere.</summary>
    public Func<string?> Key { get; init; } = static () => null;

    /// <summary>A program that prints the key; used in place of <see cref="Key"/> when there is one.</summary>
    public KeyProgram? KeyProgram { get; init; }

    /// <summary>Name of the environment variable behind <see cref="Key"/>, for messages.</summary>
    public string? KeyVariable { get; init; }

    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> Query { get; init; } = [];

    public int RequestRetries { get; init; } = 4;

    public int StreamRetries { get; init; } = 5;

    /// <summary>Between two events of a stream.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(5);

    public async ValueTask<KeyFound> FindKeyAsync(CancellationToken cancellation) =>
        KeyProgram is { } program ? await program.FindAsync(cancellation) : new KeyFound.Known(Key());

    public Uri Address(string path)
    {
        var query = string.Join('&', Query.Select(q => Uri.EscapeDataString(q.Key) + "=" + Uri.EscapeDataString(q.Value)));
        return new Uri(BaseUrl.AbsoluteUri.TrimEnd('/') + path + (query.Length == 0 ? "" : "?" + query));
    }
}
