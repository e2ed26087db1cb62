using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Agent.Tools.Commands;

/// <summary>A script that a call asks to be run.</summary>
/// <param name="Directory">Absolute.</param>
/// <param name="Shell">A program; null for the user's.</param>
/// <param name="WantsEscalation">Outside the sandbox.</param>
internal sealed record ScriptCall(
    string Script, string Directory, string? Shell, bool Login, bool WantsEscalation, string? Justification, ImmutableArray<string> Prefix)
{
    /// <summary>Schema of how a call asks to be let out of the sandbox; begins with a comma. Not for a thread that can ask nobody: it would only be tried in vain.</summary>
    public const string EscalationParameters = """
        ,"sandbox_permissions":{"type":"string","enum":["use_default","require_escalated"],"description":"require_escalated only when the sandbox stands in the way"},
        "justification":{"type":"string","description":"With require_escalated: question to the user"}
        """;

    /// <param name="scriptName">The parameter that holds the script.</param>
    /// <returns>Null when there is no script.</returns>
    public static ScriptCall? Read(JsonElement arguments, string scriptName, ToolContext context) => arguments.Text(scriptName) is not { } script
        ? null
        : new ScriptCall(
            script,
            context.FullPath(arguments.Text("workdir") ?? "."),
            arguments.Text("shell"),
            arguments.Flag("login") ?? true,
            arguments.Text("sandbox_permissions") is "require_escalated",
            arguments.Text("justification"),
            arguments.Texts("prefix_rule"));
}
