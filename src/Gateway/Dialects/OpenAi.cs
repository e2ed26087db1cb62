using System.Collections.Immutable;

namespace Codex.Gateway.Dialects;

/// <summary>OpenAI's own API; its list says names only.</summary>
internal static class OpenAi
{
    public static readonly Backend Backend = new()
    {
        Name = "openai",
        DisplayName = "OpenAI",
        HostNames = ["api.openai.com"],
        // platform.openai.com/docs/guides/rate-limits.
        LimitResets = ["x-ratelimit-reset-requests", "x-ratelimit-reset-tokens"],
        // platform.openai.com/docs/models.
        ContextWindows = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
        {
            ["gpt-4o"] = 128_000,
            ["gpt-4.1"] = 1_047_576,
            ["gpt-5"] = 400_000,
            ["o3"] = 200_000,
            ["o4-mini"] = 200_000,
        }.ToImmutableDictionary(),
    };
}
