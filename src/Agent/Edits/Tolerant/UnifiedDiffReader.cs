using System.Collections.Immutable;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>Reads a unified diff, as diff and git write it and as models imitate it, into a patch.</summary>
internal sealed class UnifiedDiffReader
{
    private const string Nothing = "/dev/null";

    private readonly ImmutableArray<PatchOperation>.Builder _operations = ImmutableArray.CreateBuilder<PatchOperation>();
    private readonly List<PatchChunk> _chunks = [];
    private readonly List<ChunkLine> _lines = [];
    private string? _from;
    private string? _to;
    private int? _hint;
    private int _oldLeft;
    private int _newLeft;

    private UnifiedDiffReader()
    {
    }

    public static PatchReading Read(string text, bool mayBeCut)
    {
        var reader = new UnifiedDiffReader();
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            var isHeader = lines[i].StartsWith("--- ", StringComparison.Ordinal) && i + 1 < lines.Length && lines[i + 1].StartsWith("+++ ", StringComparison.Ordinal);
            if (isHeader)
            {
                reader.CloseFile();
                (reader._from, reader._to) = (Name(lines[i][4..]), Name(lines[++i][4..]));
            }
            else if (lines[i].StartsWith("diff --git ", StringComparison.Ordinal) || lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                reader.CloseFile();
            }
            else if (reader._from is not null)
            {
                reader.Take(lines[i]);
            }
        }

        // Nothing marks the end of a diff but the numbers of its last hunk.
        if (mayBeCut && (reader._oldLeft > 0 || reader._newLeft > 0 || reader._hint is null))
            return new PatchReading.Unreadable("invalid patch: the diff ends before its last hunk does. It may have been cut, so nothing was changed.");
        reader.CloseFile();
        return new PatchReading.Read(new Patch(reader._operations.ToImmutable()), ["a unified diff was read as a patch"]);
    }

    private void Take(string line)
    {
        if (line.StartsWith("@@", StringComparison.Ordinal))
        {
            CloseChunk();
            var start = HunkNumbers.OldStart(line[2..]);
            _hint = start ?? 0;
            (_oldLeft, _newLeft) = start is null ? (0, 0) : HunkNumbers.Counts(line[2..]);
        }
        else if (_hint is not null && line is "" or [' ' or '+' or '-', ..])
        {
            var kind = line is ['+', ..] ? LineKind.Added : line is ['-', ..] ? LineKind.Removed : LineKind.Context;
            _lines.Add(new ChunkLine(kind, line.Length > 0 ? line[1..] : ""));
            _oldLeft -= kind == LineKind.Added ? 0 : 1;
            _newLeft -= kind == LineKind.Removed ? 0 : 1;
        }
    }

    private void CloseChunk()
    {
        while (_oldLeft < 0 && _lines is [.., { Kind: LineKind.Context, Text: "" }])
        {
            _lines.RemoveAt(_lines.Count - 1);
            _oldLeft++;
        }

        if (_lines.Count > 0)
            _chunks.Add(new PatchChunk([], [.. _lines], IsEndOfFile: false) { LineHint = _hint > 0 ? _hint : null });
        _lines.Clear();
    }

    private void CloseFile()
    {
        CloseChunk();
        if (_from is { } from && _to is { } to)
        {
            if (from == Nothing)
                _operations.Add(new PatchOperation.Add(to, string.Concat(_chunks.SelectMany(c => c.Lines).Where(l => l.Kind != LineKind.Removed).Select(l => l.Text + "\n"))));
            else if (to == Nothing)
                _operations.Add(new PatchOperation.Delete(from));
            else if (_chunks.Count > 0)
                _operations.Add(new PatchOperation.Update(from, from == to ? null : to, [.. _chunks]));
        }

        _chunks.Clear();
        (_from, _to) = (null, null);
    }

    /// <summary>Without the date behind a tab, without quotes, and without git's a/ and b/.</summary>
    private static string Name(string written)
    {
        var name = written.Split('\t')[0].Trim().Trim('"');
        return name.StartsWith("a/", StringComparison.Ordinal) || name.StartsWith("b/", StringComparison.Ordinal) ? name[2..] : name;
    }
}
