using System.Collections.Immutable;

namespace Codex.ConfigTool.Presets;

/// <summary>Provider ids that belong to Codex.</summary>
public static class ReservedIds
{
    /// <summary>Providers that exist without a table; with a table of these names Codex does not start (0.128 to 0.169).</summary>
    public static ImmutableArray<string> BuiltIn { get; } = ["openai", "ollama", "lmstudio"];

    /// <summary>May have a table, but Codex refuses it as <c>model_provider</c>.</summary>
    public const string NeverDefault = "ollama-chat";

    /// <summary>Ids that may not be chosen: the above, and those of which Codex lets only some keys be set.</summary>
    public static ImmutableArray<string> All { get; } = [.. BuiltIn, NeverDefault, "amazon-bedrock", "amazon-bedrock-runtime", "gcp"];

    /// <summary>Ids that may stand in <c>model_provider</c> without a table.</summary>
    public static bool NeedsNoTable(string id) => BuiltIn.Contains(id) || id is "amazon-bedrock" or "amazon-bedrock-runtime" or "gcp";

    public static bool Contains(string id) => All.Contains(id);
}
