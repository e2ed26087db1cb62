using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Codex.Gateway.Configuration;

/// <summary>Where an object and its entries stand in a text, so that one entry can be put in or taken out and the rest stays.</summary>
/// <param name="Open">Of the brace.</param>
/// <param name="Close">Of the brace.</param>
internal sealed record JsonObjectLayout(int Open, int Close, ImmutableArray<JsonEntry> Entries)
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 32 };

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> file) => file.StartsWith(ByteOrderMark) ? file[3..] : file;

    /// <summary>Of a text that is known to be one JSON object.</summary>
    public static JsonObjectLayout OfRoot(ReadOnlySpan<byte> file) => Of(file, file.Length - WithoutMark(file).Length)!;

    /// <param name="start">Where the value begins, or blanks and comments before it.</param>
    /// <returns>Null when the value is no object.</returns>
    public static JsonObjectLayout? Of(ReadOnlySpan<byte> file, int start)
    {
        var reader = new Utf8JsonReader(file[start..], isFinalBlock: false, new JsonReaderState(Options));
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        var open = start + (int)reader.TokenStartIndex;
        var entries = ImmutableArray.CreateBuilder<JsonEntry>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, nameStart) = (reader.GetString()!, start + (int)reader.TokenStartIndex);
            _ = reader.Read();
            var valueStart = start + (int)reader.TokenStartIndex;
            _ = reader.TrySkip();
            entries.Add(new JsonEntry(name, nameStart, valueStart, start + (int)reader.BytesConsumed));
        }

        return new JsonObjectLayout(open, start + (int)reader.TokenStartIndex, entries.ToImmutable());
    }

    public JsonEntry? Find(string name) => Entries.FirstOrDefault(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Puts a new entry at the end, laid out as its neighbours are.</summary>
    public byte[] Insert(ReadOnlySpan<byte> file, string entry)
    {
        var newLine = file.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        if (Entries.IsEmpty)
        {
            var outer = IndentAt(file, Open) ?? IndentOfLine(file, Open);
            var tail = file[(Open + 1)..Close].Contains((byte)'\n') ? "" : newLine + outer;
            return Splice(file, (Open + 1, Open + 1, newLine + outer + "  " + entry + tail));
        }

        var last = Entries[^1];
        var comma = Separator(file, last.End, Close);
        var end = EndOfLine(file, comma is { } at ? at + 1 : last.End, Close);
        var indent = end is null ? null : IndentAt(file, Entries[0].Start) ?? IndentOfLine(file, Open) + "  ";
        var place = end ?? (comma is { } after ? after + 1 : last.End);
        var text = indent is null ? " " + entry : newLine + indent + entry;
        return comma is null
            ? Splice(file, (last.End, last.End, ","), (place, place, text))
            : Splice(file, (place, place, text));
    }

    /// <summary>Takes an entry out, with its comma and, where it stands alone, its lines.</summary>
    public byte[] Remove(ReadOnlySpan<byte> file, JsonEntry entry)
    {
        var index = Entries.IndexOf(entry);
        var comma = Separator(file, entry.End, index + 1 < Entries.Length ? Entries[index + 1].Start : Close);
        var (from, to) = (entry.Start, comma is { } at ? at + 1 : entry.End);
        if (IndentAt(file, from) is { } indent && RestIsBlank(file, to))
        {
            // The line break before goes along, the one after stays.
            from -= Encoding.UTF8.GetByteCount(indent) + 1;
            if (from > 0 && file[from - 1] == '\r')
                from--;
            while (to < file.Length && file[to] is (byte)' ' or (byte)'\t')
                to++;
        }
        else
        {
            while (to < Close && comma is not null && file[to] is (byte)' ' or (byte)'\t')
                to++;
        }

        return comma is null && index > 0 && Separator(file, Entries[index - 1].End, entry.Start) is { } before
            ? Splice(file, (before, before + 1, ""), (from, to, ""))
            : Splice(file, (from, to, ""));
    }

    /// <summary>The comma between two places, outside of comments.</summary>
    private static int? Separator(ReadOnlySpan<byte> file, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (file[i] == ',')
                return i;
            i = AfterComment(file, i) - 1;
        }

        return null;
    }

    /// <summary>The line break that ends the line, behind a comment on it; null when the object ends first.</summary>
    private static int? EndOfLine(ReadOnlySpan<byte> file, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (file[i] == '\n')
                return file[i - 1] == '\r' ? i - 1 : i;
            i = AfterComment(file, i) - 1;
        }

        return null;
    }

    /// <summary>Behind the comment that begins here (before its line break), else one further.</summary>
    private static int AfterComment(ReadOnlySpan<byte> file, int at)
    {
        var rest = file[at..];
        if (rest.StartsWith("//"u8))
            return rest.IndexOf((byte)'\n') is var end and >= 0 ? at + end : file.Length;
        if (rest.StartsWith("/*"u8))
            return rest.IndexOf("*/"u8) is var close and >= 0 ? at + close + 2 : file.Length;
        return at + 1;
    }

    private static bool RestIsBlank(ReadOnlySpan<byte> file, int from)
    {
        while (from < file.Length && file[from] is (byte)' ' or (byte)'\t' or (byte)'\r')
            from++;
        return from == file.Length || file[from] == '\n';
    }

    /// <summary>The blanks before a place that is the first thing on its line and not on the first line; else null.</summary>
    private static string? IndentAt(ReadOnlySpan<byte> file, int place)
    {
        var lineStart = file[..place].LastIndexOf((byte)'\n') + 1;
        var before = file[lineStart..place];
        return lineStart > 0 && before.Trim(" \t"u8).IsEmpty ? Encoding.UTF8.GetString(before) : null;
    }

    private static string IndentOfLine(ReadOnlySpan<byte> file, int place)
    {
        var line = file[(file[..place].LastIndexOf((byte)'\n') + 1)..place];
        return Encoding.UTF8.GetString(line[..(line.Length - line.TrimStart(" \t"u8).Length)]);
    }

    private static byte[] Splice(ReadOnlySpan<byte> file, params ReadOnlySpan<(int From, int To, string Text)> changes)
    {
        using var result = new MemoryStream();
        var done = 0;
        foreach (var (from, to, text) in changes)
        {
            result.Write(file[done..from]);
            result.Write(Encoding.UTF8.GetBytes(text));
            done = to;
        }

        result.Write(file[done..]);
        return result.ToArray();
    }
}

/// <param name="Start">Of the name's quote.</param>
/// <param name="End">Behind the value.</param>
internal sealed record JsonEntry(string Name, int Start, int ValueStart, int End);
