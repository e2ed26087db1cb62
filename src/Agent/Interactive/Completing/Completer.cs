using Codex.Agent.Interactive.Editing;

namespace Codex.Agent.Interactive.Completing;

/// <summary>What Tab does to the message: the best that fits, and pressed again the next one.</summary>
internal sealed class Completer
{
    private (Completion Of, int At, LineBuffer Result)? _last;

    /// <returns>The message completed; null when nothing fits.</returns>
    public LineBuffer? Next(LineBuffer message, CompletionWords words)
    {
        if (_last is { Of.All.Length: > 1 } last && last.Result == message)
            return Put(message with { Cursor = last.Of.End }, last.Of, (last.At + 1) % last.Of.All.Length);
        return Completions.At(message.Text, message.Cursor, words) is { } found ? Put(message, found, 0) : null;
    }

    private LineBuffer Put(LineBuffer message, Completion completion, int index)
    {
        var text = completion.All[index].Text;
        var result = message with { Text = message.Text[..completion.Start] + text + message.Text[completion.End..], Cursor = completion.Start + text.Length };
        _last = (completion with { End = completion.Start + text.Length }, index, result);
        return result;
    }
}
