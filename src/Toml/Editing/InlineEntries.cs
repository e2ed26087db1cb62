using System.Text;
using Codex.Toml.Semantics;
using Codex.Toml.Syntax;

namespace Codex.Toml.Editing;

/// <summary>Entries between braces: put in the way the table is laid out, taken out with their commas.</summary>
internal static class InlineEntries
{
    private const string OneLevel = "  ";

    /// <summary>Adds an entry behind a pair, or behind the last.</summary>
    public static IEnumerable<Splice> Add(LineMap map, TableNode table, PairSyntax? after, string entry, string reason)
    {
        after ??= table.InlinePairs.Count > 0 ? table.InlinePairs[^1] : null;
        return after is null ? AddFirst(map, table, entry, reason) : AddBehind(map, table, after, entry, reason);
    }

    public static IEnumerable<Splice> Remove(LineMap map, PairSyntax pair, string reason)
    {
        var table = pair.InlineTable!;
        var pairs = table.InlinePairs;
        var index = pairs.ToList().IndexOf(pair);
        var isLast = index == pairs.Count - 1;
        var end = pair.Comma >= 0 ? pair.Comma + 1 : pair.Value.Span.End;
        var previous = index > 0 ? pairs[index - 1] : null;

        if (StandsAlone(map, pair, end))
        {
            // Without a comma behind it the entry before had its comma only for this one.
            if (previous is not null && isLast && pair.Comma < 0)
                yield return Cut(previous.Comma, previous.Comma + 1);
            var first = map.Document.Lines.LineAt(pair.Key.Span.Start);
            yield return Cut(map.Offset(first), map.Offset(map.Document.Lines.LineAt(end - 1) + 1));
        }
        else if (pairs.Count == 1 && !HasLineEnd(map, table.Span.Start, table.Span.End))
        {
            yield return Cut(table.Span.Start + 1, table.Span.End - 1);
        }
        else if (!isLast && !HasLineEnd(map, end, pairs[index + 1].Span.Start))
        {
            yield return Cut(pair.Span.Start, pairs[index + 1].Span.Start);
        }
        else if (previous is null || (HasLineEnd(map, previous.Comma, pair.Span.Start) && pair.Comma >= 0))
        {
            yield return Cut(pair.Span.Start, end);
        }
        else if (HasLineEnd(map, previous.Comma, pair.Span.Start))
        {
            yield return Cut(previous.Comma, previous.Comma + 1);
            yield return Cut(pair.Span.Start, end);
        }
        else
        {
            yield return pair.Comma >= 0 ? Cut(previous.Comma + 1, end) : Cut(previous.Value.Span.End, end);
        }

        Splice Cut(int from, int to) => new(from, to - from, default, reason);
    }

    private static IEnumerable<Splice> AddFirst(LineMap map, TableNode table, string entry, string reason)
    {
        var (open, close) = (table.Span.Start, table.Span.End - 1);
        if (!HasLineEnd(map, open, close))
            return [new(open + 1, close - open - 1, Encoding.UTF8.GetBytes($" {entry} "), reason)];
        var line = map.Document.Lines.LineAt(close);
        return [new(map.Offset(line), 0, Encoding.UTF8.GetBytes($"{map.Indentation(close)}{OneLevel}{entry},{map.LineEnd}"), reason)];
    }

    private static IEnumerable<Splice> AddBehind(LineMap map, TableNode table, PairSyntax after, string entry, string reason)
    {
        var hasComma = after.Comma >= 0;
        var tail = hasComma ? after.Comma + 1 : after.Value.Span.End;
        var isLast = after == table.InlinePairs[^1];
        var next = isLast ? table.Span.End - 1 : table.InlinePairs[table.InlinePairs.ToList().IndexOf(after) + 1].Span.Start;
        if (!HasLineEnd(map, tail, next))
            return [new(tail, 0, Encoding.UTF8.GetBytes(hasComma ? $" {entry}," : $", {entry}"), reason)];

        var lines = map.Document.Lines;
        var line = lines.LineAt(tail) + 1;
        var key = after.Key.Span.Start;
        var startsLine = map.Document.Bytes.Span[map.Offset(lines.LineAt(key))..key].Trim(" \t"u8).IsEmpty;
        var indentation = startsLine ? map.Indentation(key) : LineIndentation(map, key) + OneLevel;
        Splice added = new(map.Offset(line), 0, Encoding.UTF8.GetBytes($"{indentation}{entry}{(hasComma ? "," : "")}{map.LineEnd}"), reason);
        return hasComma ? [added] : [new(tail, 0, ","u8.ToArray(), reason), added];
    }

    /// <summary>Nothing but the entry, its comma, blanks and a comment stands on its lines.</summary>
    private static bool StandsAlone(LineMap map, PairSyntax pair, int end)
    {
        var lines = map.Document.Lines;
        var text = map.Document.Bytes.Span;
        var before = text[map.Offset(lines.LineAt(pair.Span.Start))..pair.Span.Start];
        var behind = text[end..map.ContentEnd(lines.LineAt(end - 1))].Trim(" \t"u8);
        return before.Trim(" \t"u8).IsEmpty && (behind.IsEmpty || behind[0] == (byte)'#');
    }

    private static string LineIndentation(LineMap map, int offset)
    {
        var start = map.Offset(map.Document.Lines.LineAt(offset));
        return map.Indentation(KeyReader.SkipBlanks(map.Document.Bytes.Span, start));
    }

    private static bool HasLineEnd(LineMap map, int from, int to) => map.Document.Bytes.Span[from..to].Contains((byte)'\n');
}
