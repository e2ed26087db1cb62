namespace Codex.Translation.Text;

/// <summary>
/// Calls between section markers:
/// <c>&lt;|tool_call_begin|&gt;functions.name:0&lt;|tool_call_argument_begin|&gt;{…}&lt;|tool_call_end|&gt;</c>. The number
/// behind the name counts the calls of the conversation.
/// </summary>
internal static class CallSectionText
{
    public static readonly string[] Markers = [Begin, "<|tool_calls_section_begin|>", "<|tool_calls_section_end|>", End];

    private const string Begin = "<|tool_call_begin|>";
    private const string ArgumentsBegin = "<|tool_call_argument_begin|>";
    private const string End = "<|tool_call_end|>";

    public static LeakedText Read(string text, bool atEnd)
    {
        if (!text.StartsWith(Begin, StringComparison.Ordinal))
            return new LeakedText.Plain(Piece: null, Markers.First(m => text.StartsWith(m, StringComparison.Ordinal)).Length);
        var body = text.IndexOf(ArgumentsBegin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (end < 0 && !atEnd)
            return new LeakedText.NeedsMore();
        end = end < 0 ? text.Length : end;
        if (body < 0 || body > end)
            return new LeakedText.NoCall();
        var arguments = text[(body + ArgumentsBegin.Length)..end].Trim();
        if (JsonExtent.End(arguments) != arguments.Length)
            return new LeakedText.NoCall();
        var name = text[Begin.Length..body].Trim();
        var number = name.LastIndexOf(':');
        if (number > 0 && name.AsSpan(number + 1).IndexOfAnyExceptInRange('0', '9') < 0)
            name = name[..number];
        return new LeakedText.Calls([new ContentPiece.Call(name, arguments)], end);
    }
}
