using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Codex.Agent.Approvals;
using Codex.Agent.Configuration;
using Codex.Agent.Conversation;
using Codex.Agent.Models;
using Codex.Agent.Sandbox;
using Codex.Agent.Skills;
using Codex.Agent.Tools;

namespace Codex.Agent.Prompts;

/// <summary>
/// What every request of a thread begins with. Nothing in it changes from turn to turn, and nothing in it is finer than
/// a day, so that a server's cache of the prefix serves other threads too.
/// </summary>
internal static class ContextMessages
{
    public static ImmutableArray<HistoryItem> Create(AgentSettings settings, ModelProfile model, ImmutableArray<ToolSpec> tools, DateTimeOffset now)
    {
        var instructions = settings.BaseInstructions ?? PromptText.Read(model.Prompt == PromptSize.Full ? "base-full.md" : "base-mini.md");
        if (model.CallsAsText)
            instructions += "\n\n" + TextCallInstructions.Write(tools);
        ImmutableArray<string?> more = [settings.DeveloperInstructions, SkillList.Write(settings.Skills, model.Window).Text, settings.Memory, settings.TellsPermissions ? Permissions(settings) : null];
        ImmutableArray<string?> around = [Project(settings), settings.TellsEnvironment ? Environment(settings, now) : null];
        return [HistoryItem.NewMessage("developer", instructions), .. Message("developer", more), .. Message("user", around)];
    }

    private static IEnumerable<HistoryItem> Message(string role, ImmutableArray<string?> texts)
    {
        if (texts.OfType<string>().ToArray() is { Length: > 0 } written)
            yield return HistoryItem.NewMessage(role, written);
    }

    private static string? Project(AgentSettings settings) => settings.ProjectInstructions is { } text
        ? $"# AGENTS.md instructions{(settings.HasProjectFiles ? " for " + settings.WorkingDirectory : "")}\n\n<INSTRUCTIONS>\n{text}\n</INSTRUCTIONS>"
        : null;

    private static string Environment(AgentSettings settings, DateTimeOffset now) => string.Join(
        '\n',
        "<environment_context>",
        $"  <cwd>{settings.WorkingDirectory}</cwd>",
        $"  <shell>{Path.GetFileName(settings.CommandEnvironment.GetValueOrDefault("SHELL") ?? "bash")}</shell>",
        string.Create(CultureInfo.InvariantCulture, $"  <current_date>{now:yyyy-MM-dd}</current_date>"),
        $"  <timezone>{TimeZoneInfo.Local.Id}</timezone>",
        "</environment_context>");

    private static string Permissions(AgentSettings settings)
    {
        var text = new StringBuilder("<permissions instructions>\n");
        text.Append(settings.Sandbox.Mode switch
        {
            SandboxMode.ReadOnly => "Commands can read all files but change none.",
            SandboxMode.WorkspaceWrite => $"Commands can read all files and write only inside: {string.Join(", ", settings.Sandbox.WritableRoots)}. {string.Join(", ", SandboxPolicy.ProtectedNames)} inside them are read-only.",
            SandboxMode.FullAccess => "Commands run without a sandbox.",
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Sandbox.Mode, message: null),
        });
        text.Append(settings.Sandbox.AllowsNetwork ? " The network can be used." : " There is no network.");
        text.Append('\n').Append(settings.Approval switch
        {
            ApprovalPolicy.Never => "Nobody can be asked: do not request more rights. What is refused has to be done in another way.",
            ApprovalPolicy.OnRequest => "If a command needs more than that, call it again with sandbox_permissions \"require_escalated\" and a justification: one short question to the user. Only when there is no other way.",
            ApprovalPolicy.Untrusted => "The user is asked about every command that is not known to be harmless.",
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Approval, message: null),
        });
        return text.Append("\n</permissions instructions>").ToString();
    }
}
