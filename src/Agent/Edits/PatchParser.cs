using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Codex.Agent.Edits;

/// <summary>
/// Reads a patch exactly as Codex 0.169 does: what it accepts is accepted, what it refuses is refused with its words.
/// Markers of file operations may be padded with blanks, except inside an update, where a leading blank means context.
/// </summary>
public sealed class PatchParser
{
    private const int ShortestHeredoc = 4;

    private readonly ImmutableArray<PatchOperation>.Builder _operations = ImmutableArray.CreateBuilder<PatchOperation>();
    private readonly ImmutableArray<PatchChunk>.Builder _chunks = ImmutableArray.CreateBuilder<PatchChunk>();
    private readonly ImmutableArray<ChunkLine>.Builder _lines = ImmutableArray.CreateBuilder<ChunkLine>();
    private readonly StringBuilder _content = new();
    private State _state = State.Start;
    private string _path = "";
    private string? _moveTo;
    private string? _context;
    private int _header;
    private int _line;

    private PatchParser()
    {
    }

    private enum State
    {
        Start,
        Add,
        Delete,

        /// <summary>Behind the header of an update.</summary>
        Update,

        /// <summary>Behind a line that begins a chunk.</summary>
        ChunkHeader,
        Chunk,

        /// <summary>Behind the end-of-file marker.</summary>
        ChunkEnd,
        End,
    }

    public static PatchParse Parse(string text)
    {
        ReadOnlySpan<string> lines = Split(text.Trim());
        if (CheckEnds(lines) is not { } wrong)
            return new PatchParser().Read(lines);
        var inner = lines.Length >= ShortestHeredoc && lines[0] is "<<EOF" or "<<'EOF'" or "<<\"EOF\"" && lines[^1].EndsWith("EOF", StringComparison.Ordinal)
            ? lines[1..^1]
            : [];
        return inner.IsEmpty ? wrong : CheckEnds(inner) ?? new PatchParser().Read(inner);
    }

    private static PatchParse? CheckEnds(ReadOnlySpan<string> lines)
    {
        if (lines.IsEmpty)
            return BadLast();
        if (lines[0].Trim() != PatchMarker.Begin)
            return new PatchParse.Invalid($"The first line of the patch must be '{PatchMarker.Begin}'", Line: null);
        return lines[^1].Trim() == PatchMarker.End ? null : BadLast();
    }

    private static PatchParse.Invalid BadLast() => new($"The last line of the patch must be '{PatchMarker.End}'", Line: null);

    private static string[] Split(string text)
    {
        if (text.Length == 0)
            return [];
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            // The original takes one CR off with the line end and one more where it looks at the line.
            for (var cut = 0; cut < 2 && lines[i].EndsWith('\r'); cut++)
                lines[i] = lines[i][..^1];
        }

        return lines;
    }

    private PatchParse Read(ReadOnlySpan<string> lines)
    {
        var hasEnvironment = false;
        for (var i = 1; i < lines.Length; i++)
        {
            _line = i + 1;
            var line = lines[i];
            if (_state == State.Start && _operations.Count == 0 && line.Trim() is var id && id.StartsWith(PatchMarker.Environment, StringComparison.Ordinal))
            {
                if (hasEnvironment)
                    return new PatchParse.Invalid("apply_patch environment_id cannot be specified more than once", Line: null);
                if (id.AsSpan(PatchMarker.Environment.Length).IsWhiteSpace())
                    return new PatchParse.Invalid("apply_patch environment_id cannot be empty", Line: null);
                hasEnvironment = true;
            }
            else if (Take(line) is { } wrong)
            {
                return wrong;
            }
        }

        return new PatchParse.Parsed(new Patch(_operations.ToImmutable()));
    }

    private PatchParse.Invalid? Take(string line) => _state switch
    {
        State.End => line.Trim() is "" or PatchMarker.End ? null : BadLast(),
        State.Add when line.StartsWith('+') => Append(line),
        State.Start or State.Add or State.Delete => TakeHeader(line.Trim(), out var wrong) ? wrong : NoHeader(line.Trim()),
        State.Update => TakeUpdateStart(line),
        State.ChunkHeader => TakeFirstLine(line),
        State.Chunk => TakeDiffLine(line) ? null : TakeBehindLines(line),
        _ => string.IsNullOrWhiteSpace(line) ? null : TakeBehindLines(line),
    };

    private PatchParse.Invalid? Append(string line)
    {
        _content.Append(line, 1, line.Length - 1).Append('\n');
        return null;
    }

    private PatchParse.Invalid? TakeUpdateStart(string line)
    {
        var trimmed = line.TrimEnd();
        if (_moveTo is null && After(trimmed, PatchMarker.Move, out var target))
        {
            _moveTo = target;
            return null;
        }

        if (trimmed == PatchMarker.EndOfFile || TakeChunkHeader(trimmed) || TakeDiffLine(line))
            return null;
        return IsHeader(trimmed)
            ? new PatchParse.Invalid($"Update file hunk for path '{_path}' is empty", _header)
            : Unexpected(line);
    }

    private PatchParse.Invalid? TakeFirstLine(string line)
    {
        if (TakeDiffLine(line))
            return null;
        var trimmed = line.TrimEnd();
        return trimmed is PatchMarker.EndOfFile or PatchMarker.End
            ? new PatchParse.Invalid("Update hunk does not contain any lines", _line)
            : Unexpected(IsHeader(trimmed) ? trimmed : line);
    }

    private PatchParse.Invalid? TakeBehindLines(string line)
    {
        var trimmed = line.TrimEnd();
        if (_state == State.Chunk && trimmed == PatchMarker.EndOfFile)
        {
            CloseChunk(isEndOfFile: true);
            _state = State.ChunkEnd;
            return null;
        }

        if (TakeChunkHeader(trimmed))
            return null;
        return TakeHeader(trimmed, out var wrong)
            ? wrong
            : new PatchParse.Invalid($"Expected update hunk to start with a @@ context marker, got: '{line}'", _line);
    }

    private bool TakeChunkHeader(string trimmed)
    {
        if (trimmed != "@@" && !trimmed.StartsWith("@@ ", StringComparison.Ordinal))
            return false;
        CloseChunk(isEndOfFile: false);
        _context = trimmed.Length > 3 ? trimmed[3..] : null;
        _state = State.ChunkHeader;
        return true;
    }

    private bool TakeDiffLine(string line)
    {
        ChunkLine? taken = line switch
        {
            "" => new ChunkLine(LineKind.Context, ""),
            [' ', ..] => new ChunkLine(LineKind.Context, line[1..]),
            ['+', ..] => new ChunkLine(LineKind.Added, line[1..]),
            ['-', ..] => new ChunkLine(LineKind.Removed, line[1..]),
            _ => null,
        };
        if (taken is { } found)
        {
            _lines.Add(found);
            _state = State.Chunk;
        }

        return taken is not null;
    }

    private static bool IsHeader(string trimmed) =>
        trimmed == PatchMarker.End || After(trimmed, PatchMarker.Add, out _) || After(trimmed, PatchMarker.Delete, out _) || After(trimmed, PatchMarker.Update, out _);

    /// <returns>Whether the line begins another operation or ends the patch.</returns>
    private bool TakeHeader(string trimmed, out PatchParse.Invalid? wrong)
    {
        wrong = null;
        if (!IsHeader(trimmed))
            return false;
        CloseOperation();
        if (After(trimmed, PatchMarker.Add, out var path))
            _state = State.Add;
        else if (After(trimmed, PatchMarker.Update, out path))
            _state = State.Update;
        else if (After(trimmed, PatchMarker.Delete, out path))
            _state = State.Delete;
        else
            _state = State.End;
        _path = path ?? "";
        _header = _line;
        return true;
    }

    private void CloseChunk(bool isEndOfFile)
    {
        if (_lines.Count == 0)
            return;
        _chunks.Add(new PatchChunk(_context is null ? [] : [_context], _lines.DrainToImmutable(), isEndOfFile));
        _context = null;
    }

    private void CloseOperation()
    {
        CloseChunk(isEndOfFile: false);
        switch (_state)
        {
            case State.Add:
                _operations.Add(new PatchOperation.Add(_path, _content.ToString()));
                break;
            case State.Delete:
                _operations.Add(new PatchOperation.Delete(_path));
                break;
            case State.Chunk or State.ChunkEnd:
                _operations.Add(new PatchOperation.Update(_path, _moveTo, _chunks.DrainToImmutable()));
                break;
        }

        _content.Clear();
        _moveTo = null;
    }

    private PatchParse.Invalid NoHeader(string trimmed) => new(
        $"'{trimmed}' is not a valid hunk header. Valid hunk headers: '*** Add File: {{path}}', '*** Delete File: {{path}}', '*** Update File: {{path}}'", _line);

    private PatchParse.Invalid Unexpected(string line) => new(
        $"Unexpected line found in update hunk: '{line}'. Every line should start with ' ' (context line), '+' (added line), or '-' (removed line)", _line);

    private static bool After(string line, string marker, [NotNullWhen(true)] out string? rest)
    {
        rest = line.Length > marker.Length && line.StartsWith(marker, StringComparison.Ordinal) ? line[marker.Length..] : null;
        return rest is not null;
    }
}
