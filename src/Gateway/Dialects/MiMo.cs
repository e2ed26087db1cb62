using System.Collections.Immutable;

namespace Codex.Gateway.Dialects;

/// <summary>Xiaomi's MiMo platform; its list says names only.</summary>
internal static class MiMo
{
    public static readonly Backend Backend = new()
    {
        Name = "mimo",
        DisplayName = "Xiaomi MiMo",
        HostNames = ["api.xiaomimimo.com"],
        // platform.xiaomimimo.com, models.
        ContextWindows = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
        {
            ["mimo-v2-flash"] = 262_144,
            ["mimo-v2-omni"] = 262_144,
            ["mimo-v2-pro"] = 1_048_576,
        }.ToImmutableDictionary(),
    };
}
