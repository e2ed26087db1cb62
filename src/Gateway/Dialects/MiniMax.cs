using System.Collections.Immutable;

namespace Codex.Gateway.Dialects;

/// <summary>MiniMax' own API; its list says names only.</summary>
internal static class MiniMax
{
    public static readonly Backend Backend = new()
    {
        Name = "minimax",
        DisplayName = "MiniMax",
        HostNames = ["api.minimax.io", "api.minimaxi.com", "api.minimax.chat"],
        // platform.minimax.io, models; also huggingface.co/MiniMaxAI.
        ContextWindows = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
        {
            ["MiniMax-M1"] = 1_000_000,
            ["MiniMax-M2"] = 204_800,
        }.ToImmutableDictionary(),
    };
}
