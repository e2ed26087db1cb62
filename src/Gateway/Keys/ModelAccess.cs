using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Keys;

/// <summary>Which models a key may use.</summary>
internal static class ModelAccess
{
    private const int NamesShown = 10;

    /// <summary>
    /// An entry is meant by the name the client wrote, by <c>provider/model</c> with the backend's own name, or by any
    /// other name of the same model.
    /// </summary>
    public static bool Allows(GatewayKey? key, ProviderSnapshot snapshot, string requested, ModelResolution.Resolved target)
    {
        if (key is null || key.Models.IsEmpty)
            return true;
        var full = $"{target.Provider.Provider.Name}/{target.UpstreamModel}";
        foreach (var entry in key.Models)
        {
            if (Means(entry, requested) || Means(entry, full))
                return true;
        }

        return key.Models.Any(entry => ModelResolver.ResolveWithoutAdvice(snapshot, entry) is ModelResolution.Resolved named
            && named.UpstreamModel == target.UpstreamModel
            && named.Provider.Provider.Name == target.Provider.Provider.Name);
    }

    /// <summary>Also for a model nobody offers: what others may use is not told.</summary>
    public static Failure Refusal(GatewayKey key, string requested) => new(
        FailureKind.UnknownModel,
        StatusCodes.Status404NotFound,
        $"The key '{key.Name}' may not use a model named '{PlainName(requested)}'. It may use: {string.Join(", ", key.Models.Take(NamesShown))}{(key.Models.Length > NamesShown ? " and more" : "")}.")
    {
        Param = "model",
    };

    private static string PlainName(string requested) => Logging.PlainText.ForLog(requested);

    private static bool Means(string entry, string name) =>
        entry.EndsWith('*')
            ? name.AsSpan().StartsWith(entry.AsSpan(0, entry.Length - 1), StringComparison.Ordinal)
            : name == entry;
}
