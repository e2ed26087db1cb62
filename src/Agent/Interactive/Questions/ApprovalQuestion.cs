using System.Collections.Immutable;
using Codex.Agent.Approvals;
using Codex.Agent.Approvals.Shell;
using Codex.Agent.Interactive.Screen;

namespace Codex.Agent.Interactive.Questions;

/// <summary>Asks about a command, an edit or a tool call: all of it, with every character that hides or pretends made visible.</summary>
internal static class ApprovalQuestion
{
    private const string Lead = "  ";
    private const char Once = 'y';
    private const char Session = 'a';
    private const char Always = 'p';
    private const char Decline = 'n';

    public static Question Of(ApprovalRequest request, Action<ApprovalAnswer> answer)
    {
        var about = About(request).ToImmutableArray();
        return new Question(about, [.. Choices(request)], key => answer(key switch
        {
            Once => ApprovalAnswer.Once,
            Session => ApprovalAnswer.ForSession,
            Always => ApprovalAnswer.Always,
            Decline => ApprovalAnswer.Declined,
            _ => ApprovalAnswer.Abort,
        }), Choice.EscapeKey);
    }

    private static IEnumerable<Choice> Choices(ApprovalRequest request)
    {
        yield return new Choice(Once, "once", "allowed once");
        // The answer covers what has the same key: the command, the files of an edit, the tool.
        var scope = request switch
        {
            ApprovalRequest.McpTool => "this session, with any arguments",
            ApprovalRequest.Edit => "this session, any change to these files",
            _ => "this session",
        };
        yield return new Choice(Session, scope, $"allowed for {scope}");
        if (request is ApprovalRequest.Command { Prefix: { IsDefaultOrEmpty: false } prefix })
        {
            var always = VisibleText.Of(ShellWords.Join(prefix));
            yield return new Choice(Always, $"always: {always} …", $"allowed from now on: {always} …");
        }

        // An edit that is declined is told as such by its tool; nothing tells of a command that never ran.
        var what = request is ApprovalRequest.Command command ? $"not run: {VisibleText.Of(ShownCommand.Of(command.Words))}" : "";
        yield return new Choice(Decline, "decline", what);
        yield return new Choice(Choice.EscapeKey, "abort", what);
    }

    private static IEnumerable<LedLine> About(ApprovalRequest request)
    {
        switch (request)
        {
            case ApprovalRequest.Command command:
                yield return new LedLine("", "Run this command?");
                foreach (var line in LedLine.Block("  $ ", VisibleText.Of(ShownCommand.Of(command.Words))))
                    yield return line;
                yield return new LedLine(Lead, $"in {VisibleText.Of(command.Directory)}");
                break;
            case ApprovalRequest.Edit edit:
                yield return new LedLine("", "Make this change?");
                foreach (var path in edit.Paths)
                    yield return new LedLine(Lead, VisibleText.Of(path));
                foreach (var line in VisibleText.Of(edit.Diff).TrimEnd('\n').Split('\n'))
                    yield return new LedLine(Lead, line);
                break;
            case ApprovalRequest.McpTool tool:
                yield return new LedLine("", $"Call {VisibleText.Of(tool.Server)}.{VisibleText.Of(tool.Tool)}?");
                foreach (var line in LedLine.Block(Lead, VisibleText.Of(tool.Arguments)))
                    yield return line;
                break;
        }

        if (request.Reason is { Length: > 0 } reason)
        {
            foreach (var line in LedLine.Block("  reason: ", VisibleText.Of(reason)))
                yield return line;
        }
    }
}
