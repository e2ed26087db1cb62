namespace Codex.Translation.Text;

/// <summary>
/// The raw form of models that write in channels:
/// <c>&lt;|channel|&gt;commentary to=functions.name &lt;|constrain|&gt;json&lt;|message|&gt;{…}&lt;|call|&gt;</c>,
/// where the recipient may also stand beside the role, <c>&lt;|start|&gt;assistant to=functions.name&lt;|channel|&gt;…</c>.
/// </summary>
internal static class HarmonyText
{
    public static readonly string[] Markers = [Channel, Start, "<|end|>", "<|return|>", "<|call|>"];

    private const string Channel = "<|channel|>";
    private const string Start = "<|start|>";
    private const string Message = "<|message|>";
    private const int LongestHeader = 512;

    public static LeakedText Read(string text, bool atEnd)
    {
        // End markers carry nothing of their own.
        foreach (var marker in Markers)
        {
            if (marker is not (Channel or Start) && text.StartsWith(marker, StringComparison.Ordinal))
                return new LeakedText.Plain(Piece: null, marker.Length);
        }

        var body = text.IndexOf(Message, StringComparison.Ordinal);
        if (body < 0)
            return atEnd || text.Length > LongestHeader ? new LeakedText.NoCall() : new LeakedText.NeedsMore();
        var header = text[..body];
        body += Message.Length;
        if (Recipient(header) is { } name)
            return ReadCall(name, text, body, atEnd);
        // Text streams: only its header is taken off here, and its end marker when that comes.
        if (!IsAnalysis(header))
            return new LeakedText.Plain(Piece: null, body);
        var end = FirstMarker(text, body);
        if (end < 0 && !atEnd)
            return new LeakedText.NeedsMore();
        end = end < 0 ? text.Length : end;
        return new LeakedText.Plain(end > body ? new ContentPiece.Reasoning(text[body..end]) : null, end);
    }

    private static LeakedText ReadCall(string name, string text, int body, bool atEnd)
    {
        var end = FirstMarker(text, body);
        if (end < 0 && !atEnd)
            return new LeakedText.NeedsMore();
        end = end < 0 ? text.Length : end;
        var arguments = text[body..end].Trim();
        return arguments.Length > 0 && JsonExtent.End(arguments) == arguments.Length
            ? new LeakedText.Calls([new ContentPiece.Call(name, arguments)], end)
            : new LeakedText.NoCall();
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

    private static bool IsAnalysis(string header)
    {
        var channel = header.IndexOf(Channel, StringComparison.Ordinal);
        return channel >= 0 && header.AsSpan(channel + Channel.Length).TrimStart().StartsWith("analysis", StringComparison.Ordinal);
    }

    private static int FirstMarker(string text, int from)
    {
        var first = -1;
        foreach (var marker in Markers)
        {
            var at = text.IndexOf(marker, from, StringComparison.Ordinal);
            if (at >= 0 && (first < 0 || at < first))
                first = at;
        }

        return first;
    }
}
