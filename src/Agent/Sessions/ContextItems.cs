using Codex.Agent.Conversation;

namespace Codex.Agent.Sessions;

/// <summary>
/// Messages by which an agent tells the model its surroundings: rights, skills, AGENTS.md. A resumed thread begins with
/// those of today, so the ones in its file are left out.
/// </summary>
internal static class ContextItems
{
    private static readonly string[] Openings =
    [
        "<permissions instructions>", "<skills_instructions>", "<collaboration_mode>", "<apps_instructions>", "<plugins_instructions>",
        "<model_switch>", "<personality_spec>", "<environment_context>", "<user_instructions>", "<context_window>", "# AGENTS.md instructions",
    ];

    public static bool IsContext(HistoryItem item) => item is HistoryItem.Message { Role: not "assistant" } message
        && (message.Role is "developer" or "system" or "user") && Openings.Any(o => message.Text.StartsWith(o, StringComparison.Ordinal));

    /// <summary>What the user said, as opposed to what programs say in the user's place.</summary>
    public static bool IsUsersOwn(HistoryItem item) =>
        item is HistoryItem.Message { Role: "user" } message && !IsContext(message) && !IsNotice(message.Text);

    /// <summary>Texts such as <c>&lt;turn_aborted&gt;</c>, <c>&lt;skill&gt;</c> and <c>&lt;user_shell_command&gt;</c>.</summary>
    private static bool IsNotice(string text) =>
        text.StartsWith("<turn_aborted>", StringComparison.Ordinal)
        || text.StartsWith("<skill>", StringComparison.Ordinal)
        || text.StartsWith("<hook_prompt", StringComparison.Ordinal)
        || text.StartsWith("<subagent_notification>", StringComparison.Ordinal)
        || text.StartsWith("<user_shell_command>", StringComparison.Ordinal);
}
