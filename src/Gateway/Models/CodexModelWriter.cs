using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Codex.Gateway.Providers;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Models;

/// <summary>
/// A model as an entry of Codex's catalogue: the union of the fields that 0.128, 0.131 and 0.169 demand (one invalid
/// entry makes them refuse the whole list), in values that all three know.
/// </summary>
internal static class CodexModelWriter
{
    /// <summary>
    /// Tokens assumed where nobody says: small enough for most models that call tools, large enough for Codex's
    /// own instructions. Without a number Codex would assume 272,000 and never compact in time.
    /// </summary>
    internal const int AssumedContextWindow = 32_768;

    // 0.131 refuses other words; 0.169 takes any.
    private static readonly ImmutableArray<(string Effort, string Description)> KnownLevels =
    [
        ("none", "Answers at once"),
        ("minimal", "Hardly any thinking before it answers"),
        ("low", "Thinks briefly"),
        ("medium", "Balances thinking and speed"),
        ("high", "Thinks longer, for harder work"),
        ("xhigh", "Thinks as long as it can"),
    ];

    public static void Write(Utf8JsonWriter writer, ClientModel model, int priority)
    {
        var (view, _, known, settings) = model.Target;
        var window = model.Target.ContextWindow;

        writer.WriteStartObject();
        writer.WriteString("slug"u8, model.Name);
        writer.WriteString("display_name"u8, settings?.DisplayName ?? known?.DisplayName ?? model.Name);
        writer.WriteString("description"u8, Describe(model.Target));
        WriteLevels(writer, known?.ReasoningLevels ?? []);
        writer.WriteString("shell_type"u8, "default"u8);
        writer.WriteString("visibility"u8, model.IsListed ? "list"u8 : "hide"u8);
        writer.WriteBoolean("supported_in_api"u8, true);
        writer.WriteNumber("priority"u8, priority);
        writer.WriteNull("availability_nux"u8);
        writer.WriteNull("upgrade"u8);
        writer.WriteString("base_instructions"u8, BaseInstructions.Text);
        // True, since 0.128 and 0.131 would else not ask for the reasoning that open models give anyway.
        writer.WriteBoolean("supports_reasoning_summaries"u8, true);
        writer.WriteBoolean("support_verbosity"u8, false);
        writer.WriteNull("default_verbosity"u8);
        writer.WriteString("apply_patch_tool_type"u8, "freeform"u8);
        writer.WriteBoolean("supports_parallel_tool_calls"u8, true);
        writer.WriteNumber("context_window"u8, window ?? AssumedContextWindow);
        // The upper bound of the user's own model_context_window: an assumption must not bind it.
        if (window is { } bound && (settings?.ContextWindow is not null || known is { WindowIsAssumed: false }))
            writer.WriteNumber("max_context_window"u8, bound);
        writer.WriteNumber("effective_context_window_percent"u8, 95);
        writer.WriteStartObject("truncation_policy"u8);
        writer.WriteString("mode"u8, "tokens"u8);
        // A tool's output must not fill a small window: an eighth of it, at most what Codex itself takes.
        writer.WriteNumber("limit"u8, Math.Clamp((window ?? AssumedContextWindow) / 8, 1_000, 10_000));
        writer.WriteEndObject();
        writer.WriteStartArray("input_modalities"u8);
        writer.WriteStringValue("text"u8);
        if (TakesImages(view.Provider.Dialect, known, settings))
            writer.WriteStringValue("image"u8);
        writer.WriteEndArray();
        writer.WriteStartArray("experimental_supported_tools"u8);
        writer.WriteEndArray();
        writer.WriteBoolean("supports_search_tool"u8, false);
        // Sub-agents need a model that plans well and a window for five more tools.
        writer.WriteString("multi_agent_version"u8, "disabled"u8);
        writer.WriteEndObject();
    }

    private static void WriteLevels(Utf8JsonWriter writer, ImmutableArray<string> levels)
    {
        var offered = KnownLevels.Where(l => levels.Contains(l.Effort)).ToArray();
        writer.WriteStartArray("supported_reasoning_levels"u8);
        foreach (var (effort, description) in offered)
        {
            writer.WriteStartObject();
            writer.WriteString("effort"u8, effort);
            writer.WriteString("description"u8, description);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (offered.Length > 0)
            writer.WriteString("default_reasoning_level"u8, offered.Any(l => l.Effort == "medium") ? "medium" : offered[^1].Effort);
    }

    /// <summary>Unknown counts as yes: a picture that the backend refuses is an error the user sees, one that is withheld is not.</summary>
    private static bool TakesImages(Dialect dialect, ProviderModel? known, ModelSettings? settings) =>
        settings?.TakesImages ?? (dialect.Images != ImageSupport.None && known?.TakesImages != false);

    private static string Describe(ModelResolution.Resolved target)
    {
        var tokens = (target.ContextWindow ?? AssumedContextWindow).ToString("N0", CultureInfo.InvariantCulture);
        var window = target.ContextWindow is null
            ? $"Context window unknown: {tokens} tokens assumed; set ContextWindow under Models in gateway.json."
            : $"Context window {tokens} tokens.";
        var note = target.Settings?.ContextWindow is null && target.Known?.Note is { } said ? $" {said}" : "";
        return $"{target.UpstreamModel} of {target.Provider.Provider.Name}. {window}{note}";
    }
}
