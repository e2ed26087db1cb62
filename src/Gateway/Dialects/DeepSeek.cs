using System.Collections.Immutable;

namespace Codex.Gateway.Dialects;

/// <summary>DeepSeek's own API; its list says names only.</summary>
internal static class DeepSeek
{
    public static readonly Backend Backend = new()
    {
        Name = "deepseek",
        DisplayName = "DeepSeek",
        HostNames = ["api.deepseek.com"],
        // api-docs.deepseek.com/quick_start/pricing; the names without a version move on, so they get the least.
        ContextWindows = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
        {
            ["deepseek-"] = 131_072,
            ["deepseek-v4"] = 1_000_000,
        }.ToImmutableDictionary(),
    };
}
