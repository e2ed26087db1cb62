using System.Collections.Immutable;
using System.Text;
using Codex.Translation.Arguments;

namespace Codex.Translation.Text;

/// <summary>Calls in Python's form, <c>name(a="1", b=[2])</c>, separated by commas or lines, also inside <c>print(…)</c>.</summary>
internal static class PythonCallText
{
    private const string Print = "print(";

    /// <summary>Empty when anything but calls with named arguments stands there.</summary>
    public static ImmutableArray<ContentPiece.Call> Read(string text)
    {
        var calls = ImmutableArray.CreateBuilder<ContentPiece.Call>();
        for (var rest = text.Trim(); rest.Length > 0;)
        {
            var isPrinted = rest.StartsWith(Print, StringComparison.Ordinal);
            var start = isPrinted ? Print.Length : 0;
            if (ReadCall(rest, start, calls) is not { } end)
                return [];
            if (isPrinted && (end >= rest.Length || rest[end++] != ')'))
                return [];
            rest = rest[end..].TrimStart(' ', '\t', '\r', '\n', ',', ';');
        }

        return calls.ToImmutable();
    }

    /// <returns>Where the call ends; null when it is none.</returns>
    private static int? ReadCall(string text, int start, ImmutableArray<ContentPiece.Call>.Builder calls)
    {
        var open = text.IndexOf('(', start);
        if (open <= start || !text.AsSpan(start, open - start).Trim().ToString().All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'))
            return null;
        var json = new StringBuilder("{");
        var at = open + 1;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at < text.Length && text[at] == ')')
                break;
            var equals = text.IndexOf('=', at);
            var end = equals < 0 ? -1 : ValueEnd(text, equals + 1);
            if (end < 0 || text[at..equals].Trim() is not { Length: > 0 } name || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                return null;
            json.Append(json.Length > 1 ? ", " : "").Append('"').Append(name).Append("\": ").Append(text[(equals + 1)..end].Trim());
            at = text[end] == ',' ? end + 1 : end;
        }

        if (ArgumentRepair.TryRepair(json.Append('}').ToString()) is not { } arguments)
            return null;
        calls.Add(new ContentPiece.Call(text[start..open].Trim(), arguments));
        return at + 1;
    }

    /// <returns>The comma or closing bracket behind a value; -1 when there is none.</returns>
    private static int ValueEnd(string text, int from)
    {
        var depth = 0;
        for (var i = from; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' or '\'':
                    i = StringEnd(text, i);
                    if (i < 0)
                        return -1;
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ',' or ')' when depth == 0:
                    return i;
                case ')' or ']' or '}':
                    depth--;
                    break;
            }
        }

        return -1;
    }

    /// <returns>The last quote of a text in one or three quotes; -1 when it is not closed.</returns>
    private static int StringEnd(string text, int start)
    {
        var quotes = text.AsSpan(start).StartsWith(new string(text[start], 3)) ? 3 : 1;
        for (var i = start + quotes; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text.AsSpan(i).StartsWith(text.AsSpan(start, quotes)))
                return i + quotes - 1;
        }

        return -1;
    }
}
