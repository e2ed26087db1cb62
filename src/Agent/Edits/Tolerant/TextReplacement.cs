using System.Collections.Immutable;
using System.Diagnostics;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>
/// Replaces text that a model copied by text it wrote: at its only place when it is there exactly, else by the same
/// steps as patches, whole lines at a time. Line ends are the file's own.
/// </summary>
public static class TextReplacement
{
    public static ReplaceOutcome Replace(string text, string old, string now, bool replaceAll)
    {
        (old, now) = (Plain(old), Plain(now));
        if (old == now)
            return new ReplaceOutcome.Failed("old and new are the same text, so there is nothing to change.");
        if (old.Length == 0)
            return new ReplaceOutcome.Failed("old is empty. Give the text to replace, or write the whole file with write_file.");
        var source = SourceText.Parse(text);
        var plain = Plain(text);
        var places = Places(plain, old);
        if (places.Length == 1 || (replaceAll && places.Length > 1))
        {
            var replaced = replaceAll ? plain.Replace(old, now, StringComparison.Ordinal) : string.Concat(plain.AsSpan(0, places[0]), now, plain.AsSpan(places[0] + old.Length));
            return new ReplaceOutcome.Replaced(WithEndings(source, replaced), [.. places.Select(p => LineOf(plain, p))], []);
        }

        if (places.Length > 1)
            return new ReplaceOutcome.Failed($"old is in the file {places.Length} times, at lines {string.Join(", ", places.Take(8).Select(p => LineOf(plain, p)))}. Give more lines around the one you mean, or set replace_all.");
        return Tolerantly(source, plain, old, now);
    }

    private static ReplaceOutcome Tolerantly(SourceText source, string plain, string old, string now)
    {
        if (Escapes.AreIn(old) && Places(plain, Escapes.Undo(old)) is [var only] && Escapes.Undo(old).Length > 0)
        {
            var replaced = string.Concat(plain.AsSpan(0, only), Escapes.Undo(now), plain.AsSpan(only + Escapes.Undo(old).Length));
            return new ReplaceOutcome.Replaced(WithEndings(source, replaced), [LineOf(plain, only)], ["escaped characters were read as what they stand for"]);
        }

        var chunk = new PatchChunk([], LineDiff.Compare(Lines(old), Lines(now)), IsEndOfFile: false);
        var texts = source.Texts;
        if (chunk.OldLines.All(string.IsNullOrWhiteSpace))
            return NotFound(texts, plain, old, now);
        switch (new BlockSearch(texts, []).Only(chunk))
        {
            case BlockFind.Found found:
                var changed = ChunkApplication.Write(source, ChunkApplication.Replace(found.Lines, found.Start), endLastLine: false);
                return changed.ToString() == source.ToString()
                    ? NotFound(texts, plain, old, now)
                    : new ReplaceOutcome.Replaced(changed.ToString(), [found.Start + 1], [found.Note ?? "blanks at the ends of lines were not compared"]);
            case BlockFind.Ambiguous ambiguous:
                return new ReplaceOutcome.Failed($"old is not in the file exactly, and it could be meant at each of the lines {TolerantChunks.Numbers(ambiguous.Places)}. Copy the lines exactly, with more lines around.");
            case BlockFind.WrongIndentation wrong:
                return new ReplaceOutcome.Failed($"old is at line {wrong.Start + 1} but indented in another way, so the indentation of the new text is not known. Copy the lines exactly.{NearestLines.Describe(texts, chunk.OldLines)}");
            case BlockFind.Missing:
                return NotFound(texts, plain, old, now);
            case var other:
                throw new UnreachableException(other.GetType().Name);
        }
    }

    private static ReplaceOutcome.Failed NotFound(ImmutableArray<string> texts, string plain, string old, string now) => new(
        now.Trim().Length > 0 && Places(plain, now).Length > 0
            ? "old is not in the file, but new is: the change seems to be made already."
            : $"old is not in the file. It may have changed since you read it, or the text was not copied exactly.{NearestLines.Describe(texts, [.. Lines(old)])}");

    private static ImmutableArray<int> Places(string text, string sought)
    {
        var places = ImmutableArray.CreateBuilder<int>();
        for (var at = text.IndexOf(sought, StringComparison.Ordinal); at >= 0; at = text.IndexOf(sought, at + sought.Length, StringComparison.Ordinal))
            places.Add(at);
        return places.ToImmutable();
    }

    /// <summary>Gives the lines that stayed their own endings back, and new ones the file's.</summary>
    private static string WithEndings(SourceText source, string replaced)
    {
        var now = SourceText.Parse(replaced);
        if (source.Lines.All(l => l.Ending is "\n" or ""))
            return replaced;
        var old = source.Lines.AsSpan();
        var endings = LineDiff.Compare(source.Texts.AsSpan(), now.Texts.AsSpan());
        var (text, o, n) = (new System.Text.StringBuilder(), 0, 0);
        foreach (var line in endings)
        {
            if (line.Kind != LineKind.Removed)
            {
                var ending = now.Lines[n].Ending.Length == 0 ? ""
                    : line.Kind == LineKind.Context && old[o].Ending.Length > 0 ? old[o].Ending
                    : source.NewLine;
                text.Append(now.Lines[n++].Text).Append(ending);
            }

            o += line.Kind == LineKind.Added ? 0 : 1;
        }

        return text.ToString();
    }

    private static string[] Lines(string text) => text.Trim('\n').Split('\n');

    private static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static int LineOf(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;
}
