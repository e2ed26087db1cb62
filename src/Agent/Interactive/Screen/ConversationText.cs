using System.Globalization;
using System.Text;
using Codex.Agent.Events;

namespace Codex.Agent.Interactive.Screen;

/// <summary>Tells a conversation on a terminal: answers while they come, tools with their output folded.</summary>
/// <param name="showsReasoning">False hides what the model thinks.</param>
public sealed class ConversationText(Style style, bool showsReasoning)
{
    private const string Indent = "  ";
    private const int MostDiffLines = 40;

    private readonly StringBuilder _line = new();
    private readonly StringBuilder _streamed = new();
    private readonly List<(string Id, string Command)> _running = [];
    private bool _isReasoning;

    /// <summary>What is to be seen before it is whole: the line that is being answered, and commands that run.</summary>
    public IEnumerable<string> Live
    {
        get
        {
            if (_line.Length > 0)
                yield return Streamed(PlainText.Of(_line.ToString()));
            foreach (var (_, command) in _running)
                yield return style.Dim($"$ {PlainText.Of(command).ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Whole lines to print; empty when there is nothing to tell yet.</summary>
    public string Of(AgentEvent e) => e switch
    {
        AgentEvent.MessageDelta delta => Stream(delta.Text, isReasoning: false),
        AgentEvent.ReasoningDelta delta => showsReasoning ? Stream(delta.Text, isReasoning: true) : "",
        AgentEvent.ItemCompleted { Item: ThreadItem.AgentMessage message } => Whole(message.Text, isReasoning: false),
        AgentEvent.ItemCompleted { Item: ThreadItem.Reasoning reasoning } => showsReasoning ? Whole(reasoning.Text, isReasoning: true) : "",
        AgentEvent.ItemStarted started => EndLine() + Started(started.Item),
        AgentEvent.ItemUpdated { Item: ThreadItem.TodoList plan } => EndLine() + Plan(plan),
        AgentEvent.ItemCompleted completed => EndLine() + Completed(completed.Item),
        AgentEvent.Trouble trouble => Restart() + style.Bad($"! {PlainText.Of(trouble.Message)}") + "\n",
        AgentEvent.Compacted => EndLine() + style.Dim("context compacted: earlier turns were replaced by a summary") + "\n",
        AgentEvent.TurnFailed failed => End() + style.Bad($"failed: {PlainText.Of(failed.Message)}") + "\n",
        AgentEvent.TurnInterrupted => End() + style.Bad("interrupted") + "\n",
        AgentEvent.TurnCompleted => End(),
        _ => "",
    };

    private string Stream(string text, bool isReasoning)
    {
        var told = isReasoning == _isReasoning ? "" : EndLine();
        _isReasoning = isReasoning;
        _streamed.Append(text);
        _line.Append(text);
        var whole = _line.ToString();
        var end = whole.LastIndexOf('\n');
        if (end < 0)
            return told;
        _line.Clear().Append(whole, end + 1, whole.Length - end - 1);
        return told + Lines(PlainText.Of(whole[..end]));
    }

    /// <summary>An item that came whole; one that was streamed has been told.</summary>
    private string Whole(string text, bool isReasoning)
    {
        var streamed = _streamed.ToString();
        if (streamed.IndexOf(text.Trim(), StringComparison.Ordinal) is >= 0 and var at)
        {
            _streamed.Remove(0, Math.Min(streamed.Length, at + text.Trim().Length));
            return string.IsNullOrWhiteSpace(_streamed.ToString()) ? EndLine() : "";
        }

        var told = EndLine();
        _isReasoning = isReasoning;
        return told + Lines(PlainText.Of(text.Trim('\n')));
    }

    /// <summary>The model is asked again: it will say everything anew.</summary>
    private string Restart()
    {
        _streamed.Clear();
        return EndLine();
    }

    private string End()
    {
        _running.Clear();
        return Restart();
    }

    private string EndLine()
    {
        if (_line.Length == 0)
            return "";
        var rest = PlainText.Of(_line.ToString());
        _line.Clear();
        return string.IsNullOrWhiteSpace(rest) ? "" : Lines(rest);
    }

    private string Lines(string text) => string.Concat(text.Split('\n').Select(l => Streamed(l) + "\n"));

    private string Streamed(string line) => _isReasoning ? style.Dim(line) : line;

    private string Started(ThreadItem item)
    {
        switch (item)
        {
            case ThreadItem.CommandExecution command:
                _running.Add((command.Id, ShownCommand.Of(command.Command)));
                return "";
            case ThreadItem.McpToolCall call:
                _running.Add((call.Id, $"{call.Server}.{call.Tool}"));
                return "";
            case ThreadItem.TodoList plan:
                return Plan(plan);
            default:
                return "";
        }
    }

    private string Completed(ThreadItem item)
    {
        _running.RemoveAll(r => r.Id == item.Id);
        return item switch
        {
            ThreadItem.CommandExecution command => Command(command),
            ThreadItem.FileChange change => Change(change),
            ThreadItem.McpToolCall call => Call(call),
            ThreadItem.Notice notice => style.Accent($"warning: {PlainText.Of(notice.Message)}") + "\n",
            _ => "",
        };
    }

    private string Command(ThreadItem.CommandExecution command)
    {
        var text = new StringBuilder(style.Bold($"$ {PlainText.Of(ShownCommand.Of(command.Command))}")).Append('\n');
        var output = PlainText.Of(command.Output);
        foreach (var line in command.IsUsers ? OutputFolding.Fold(output, OutputFolding.FirstLinesOfUser, OutputFolding.LastLinesOfUser) : OutputFolding.Fold(output))
            text.Append(style.Dim(Indent + line)).Append('\n');
        return command.Status switch
        {
            ItemStatus.Declined => text.Append(style.Bad($"{Indent}declined")).Append('\n').ToString(),
            _ when command.ExitCode is null or 0 => text.ToString(),
            _ => text.Append(style.Bad(string.Create(CultureInfo.InvariantCulture, $"{Indent}exit {command.ExitCode}"))).Append('\n').ToString(),
        };
    }

    private string Change(ThreadItem.FileChange change)
    {
        var text = new StringBuilder();
        foreach (var file in change.Changes)
        {
            var what = file.Kind switch { ChangeKind.Add => "added", ChangeKind.Delete => "deleted", _ => "edited" };
            var how = change.Status switch { ItemStatus.Completed => "", ItemStatus.Declined => " (declined)", _ => " (failed)" };
            text.Append(style.Bold($"{what} {PlainText.Of(file.Path)}{how}")).Append('\n');
        }

        return text.Append(Diff(change.Diff ?? "")).ToString();
    }

    /// <summary>A diff in the usual colours, its end left away where it is long.</summary>
    public string Diff(string diff)
    {
        var lines = PlainText.Of(diff).TrimEnd('\n').Split('\n');
        if (lines is [""])
            return "";
        var shown = lines.Take(MostDiffLines).Select(l => Indent + (l is ['+', ..] ? style.Good(l) : l is ['-', ..] ? style.Bad(l) : style.Dim(l)) + "\n");
        var hidden = lines.Length - MostDiffLines;
        return string.Concat(shown) + (hidden > 0 ? style.Dim(string.Create(CultureInfo.InvariantCulture, $"{Indent}… {hidden} lines")) + "\n" : "");
    }

    private string Call(ThreadItem.McpToolCall call)
    {
        var head = style.Bold($"{PlainText.Of(call.Server)}.{PlainText.Of(call.Tool)} {CellWidth.Clip(PlainText.Of(call.Arguments.GetRawText()).ReplaceLineEndings(" "), 60)}") + "\n";
        return call.Error is { } error
            ? head + style.Bad($"{Indent}failed: {PlainText.Of(error)}") + "\n"
            : head + string.Concat(OutputFolding.Fold(PlainText.Of(call.Result?.GetRawText() ?? "")).Select(l => style.Dim(Indent + CellWidth.Clip(l, 200)) + "\n"));
    }

    private string Plan(ThreadItem.TodoList plan) =>
        style.Bold("plan") + "\n" + string.Concat(plan.Items.Select(t => (t.Completed ? style.Dim($"{Indent}[x] {PlainText.Of(t.Text)}") : $"{Indent}[ ] {PlainText.Of(t.Text)}") + "\n"));
}
