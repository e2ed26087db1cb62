using Codex.Agent.Models;

namespace Codex.Agent.Configuration;

/// <summary>What the configuration says of the model: Codex's own keys, and the table <c>[codex_agent]</c> for what Codex has no key for.</summary>
internal static class ModelSettings
{
    public const string Table = "codex_agent";

    public static ModelOverrides Read(SettingsSection root)
    {
        var own = root.SectionOrEmpty(Table);
        return new ModelOverrides
        {
            Window = root.Number("model_context_window", 1),
            CompactLimit = root.Number("model_auto_compact_token_limit", 1),
            ReasoningEffort = root.Text("model_reasoning_effort"),
            Verbosity = root.Choice("model_verbosity", ("low", 'l'), ("medium", 'm'), ("high", 'h')) is null ? null : root.Text("model_verbosity"),
            Prompt = own.Choice("prompt", ("mini", PromptSize.Mini), ("full", PromptSize.Full)),
            CallsAsText = own.Choice("tool_calls", ("native", false), ("text", true)),
            Edits = own.Choice("edit_tool", ("patch", EditStyle.Patch), ("replace", EditStyle.Replace), ("whole", EditStyle.Whole)),
            CallsInParallel = own.Flag("parallel_tool_calls"),
            MostCallsPerTurn = own.Number("max_calls_per_turn", 1),
        };
    }
}
