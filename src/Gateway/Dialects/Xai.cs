using System.Collections.Immutable;

namespace Codex.Gateway.Dialects;

/// <summary>xAI's API; its list says names only.</summary>
internal static class Xai
{
    public static readonly Backend Backend = new()
    {
        Name = "xai",
        DisplayName = "xAI",
        HostNames = ["api.x.ai"],
        // docs.x.ai/docs/models.
        ContextWindows = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
        {
            ["grok-3"] = 131_072,
            ["grok-4"] = 256_000,
            ["grok-4-fast"] = 2_000_000,
            ["grok-code-fast"] = 256_000,
        }.ToImmutableDictionary(),
    };
}
