using System.Collections.Immutable;

namespace Codex.Gateway.Dialects;

/// <summary>Z.AI, of the GLM models; its list says names only.</summary>
internal static class Zai
{
    public static readonly Backend Backend = new()
    {
        Name = "zai",
        DisplayName = "Z.AI",
        HostNames = ["api.z.ai", "open.bigmodel.cn"],
        // docs.z.ai, guides of the models.
        ContextWindows = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
        {
            ["glm-4.5"] = 131_072,
            ["glm-4.6"] = 200_000,
            ["glm-4.7"] = 200_000,
            ["glm-5"] = 200_000,
        }.ToImmutableDictionary(),
    };
}
