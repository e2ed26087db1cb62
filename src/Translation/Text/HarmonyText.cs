namespace Codex.Translation.Text;

/// <summary>
/// The raw form of models that write in channels:
/// <c>&lt;|channel|&gt;commentary to=functions.name &lt;|constrain|&gt;json&lt;|message|&gt;{…}&lt;|call|&gt;</c>.
/// </summary>
internal static class HarmonyText
{
    public static readonly string[] Markers = ["<|channel|>", "<|start|>", "<|end|>", "<|return|>", "<|call|>"];

    private const string Channel = "<|channel|>";
    private const string Message = "<|message|>";
    private static readonly string[] Terminators = ["<|end|>", "<|call|>", "<|return|>", "<|start|>", "<|channel|>"];

    public static LeakedText Read(string text, bool atEnd)
    {
        // Role and end markers carry nothing of their own.
        foreach (var marker in Markers)
        {
            if (marker != Channel && text.StartsWith(marker, StringComparison.Ordinal))
                return new LeakedText.Plain(Piece: null, RoleEnd(text, marker.Length));
        }

        var body = text.IndexOf(Message, StringComparison.Ordinal);
        if (body < 0)
            return atEnd || text.Length > 512 ? new LeakedText.NoCall() : new LeakedText.NeedsMore();
        var header = text[Channel.Length..body];
        body += Message.Length;
        var end = FirstTerminator(text, body);
        if (end < 0 && !atEnd)
            return new LeakedText.NeedsMore();
        var content = end < 0 ? text[body..] : text[body..end];
        var length = end < 0 ? text.Length : end;
        if (Recipient(header) is { } name)
        {
            return JsonExtent.End(content.AsSpan().Trim()) == content.AsSpan().Trim().Length && content.AsSpan().Trim().Length > 0
                ? new LeakedText.Calls([new ContentPiece.Call(name, content.Trim())], length)
                : new LeakedText.NoCall();
        }

        return new LeakedText.Plain(
            header.TrimStart().StartsWith("analysis", StringComparison.Ordinal)
                ? new ContentPiece.Reasoning(content)
                : new ContentPiece.Text(content),
            length);
    }

    private static string? Recipient(string header)
    {
        var to = header.IndexOf("to=", StringComparison.Ordinal);
        if (to < 0)
            return null;
        var name = header[(to + 3)..];
        var end = name.AsSpan().IndexOfAny(' ', '<', '\n');
        return end < 0 ? name : name[..end];
    }

    /// <summary>Behind <c>&lt;|start|&gt;</c> stands the role's name.</summary>
    private static int RoleEnd(string text, int at)
    {
        const string Role = "assistant";
        return string.CompareOrdinal(text, at, Role, 0, Role.Length) == 0 && text.StartsWith("<|start|>", StringComparison.Ordinal)
            ? at + Role.Length
            : at;
    }

    private static int FirstTerminator(string text, int from)
    {
        var first = -1;
        foreach (var terminator in Terminators)
        {
            var at = text.IndexOf(terminator, from, StringComparison.Ordinal);
            if (at >= 0 && (first < 0 || at < first))
                first = at;
        }

        return first;
    }
}
