using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>
/// Reads patches of the strict grammar with the mistakes models make: text and fences around, decorated markers,
/// chained or numbered @@ lines, missing line prefixes, several patches in one text.
/// </summary>
internal sealed partial class LenientPatchParser
{
    private readonly ImmutableArray<PatchOperation>.Builder _operations = ImmutableArray.CreateBuilder<PatchOperation>();
    private readonly ImmutableArray<string>.Builder _notes = ImmutableArray.CreateBuilder<string>();
    private readonly List<PatchChunk> _chunks = [];
    private readonly List<string> _body = [];
    private readonly List<ChunkLine> _lines = [];
    private readonly List<string> _contexts = [];
    private string? _kind;
    private string _path = "";
    private string? _moveTo;
    private int? _hint;
    private bool _isEnded;

    private readonly bool _mayBeCut;
    private string? _fault;

    private LenientPatchParser(bool mayBeCut) => _mayBeCut = mayBeCut;

    private bool IsUpdate => _kind is "UPDATE" or "MODIFY" or "EDIT" or "CHANGE";

    public static bool IsPatch(string text) => text.Split('\n').Any(l => Header().IsMatch(l.TrimEnd('\r')));

    public static PatchReading Read(string text, bool mayBeCut)
    {
        var parser = new LenientPatchParser(mayBeCut);
        foreach (var line in text.Split('\n'))
            parser.Take(line.TrimEnd('\r'));
        if (!parser._isEnded && mayBeCut)
            return new PatchReading.Unreadable($"invalid patch: The last line of the patch must be '{PatchMarker.End}'. It may have been cut, so nothing was changed. Send it again, in smaller parts.");
        if (parser.Close() is { } fault)
            return new PatchReading.Unreadable("invalid patch: " + fault);
        if (!parser._isEnded)
            parser.Note("the end marker was missing");
        if (parser._notes.Count == 0)
            parser.Note("what stood around the patch or its markers was left out");
        return parser._fault is { } first ? new PatchReading.Unreadable("invalid patch: " + first) : new PatchReading.Read(new Patch(parser._operations.ToImmutable()), parser._notes.ToImmutable());
    }

    private void Take(string line)
    {
        // Inside an update a leading blank means context, whatever follows.
        var marker = IsUpdate ? line : line.TrimStart();
        if (Fence().IsMatch(line) && (_kind is null || _body.Count + _lines.Count > 0))
        {
            // The fence that closes shows that the patch is whole.
            _isEnded |= _kind is not null && !_mayBeCut;
            _fault ??= Close();
        }
        else if (Begin().IsMatch(marker))
        {
            _fault ??= Close();
            _isEnded = false;
        }
        else if (End().IsMatch(marker))
        {
            _fault ??= Close();
            _isEnded = true;
        }
        else if (Header().Match(line) is { Success: true } header)
        {
            _fault ??= Close();
            _kind = header.Groups["kind"].Value.ToUpperInvariant();
            _path = header.Groups["path"].Value;
            _isEnded = false;
        }
        else if (_kind is "ADD" or "CREATE" or "NEW")
        {
            _body.Add(line);
        }
        else if (IsUpdate)
        {
            TakeUpdate(line);
        }
    }

    private void TakeUpdate(string line)
    {
        if (_chunks.Count == 0 && _lines.Count == 0 && _moveTo is null && Move().Match(line) is { Success: true } move)
        {
            _moveTo = move.Groups["path"].Value;
        }
        else if (EndOfFile().IsMatch(line))
        {
            CloseChunk(isEndOfFile: true);
        }
        else if (line.StartsWith("@@", StringComparison.Ordinal))
        {
            TakeChunkHeader(line);
        }
        else if (_lines.Count == 0 && (line.StartsWith("--- ", StringComparison.Ordinal) || line.StartsWith("+++ ", StringComparison.Ordinal)))
        {
            Note("headers of a unified diff were left out");
        }
        else if (!line.StartsWith("\\ No newline", StringComparison.Ordinal))
        {
            _lines.Add(line switch
            {
                "" => new ChunkLine(LineKind.Context, ""),
                ['+', ..] => new ChunkLine(LineKind.Added, line[1..]),
                ['-', ..] => new ChunkLine(LineKind.Removed, line[1..]),
                [' ', ..] => new ChunkLine(LineKind.Context, line[1..]),
                _ => Unmarked(line),
            });
        }
    }

    private ChunkLine Unmarked(string line)
    {
        Note("lines without a prefix were taken as context");
        return new ChunkLine(LineKind.Context, line);
    }

    private void TakeChunkHeader(string line)
    {
        if (_lines.Count > 0)
            CloseChunk(isEndOfFile: false);
        if (HunkNumbers.OldStart(line[2..]) is { } start)
        {
            _hint = start > 0 ? start : null;
            Note("line numbers after @@ were taken as a hint");
            return;
        }

        var context = line[2..].TrimEnd();
        if (context.EndsWith("@@", StringComparison.Ordinal))
            context = context[..^2].TrimEnd();
        if (context.StartsWith(' '))
            context = context[1..];
        if (context.Length == 0)
            return;
        if (_contexts.Count > 0)
            Note("chained @@ lines were followed one after the other");
        _contexts.Add(context);
    }

    private void CloseChunk(bool isEndOfFile)
    {
        if (!isEndOfFile)
        {
            while (_lines is [.., { Kind: LineKind.Context, Text: "" }])
                _lines.RemoveAt(_lines.Count - 1);
        }

        if (_lines.Count > 0)
            _chunks.Add(new PatchChunk([.. _contexts], [.. _lines], isEndOfFile) { LineHint = _hint });
        _lines.Clear();
        _contexts.Clear();
        _hint = null;
    }

    /// <returns>Why the operation that ends here cannot be read.</returns>
    private string? Close()
    {
        string? fault = null;
        switch (_kind)
        {
            case "ADD" or "CREATE" or "NEW":
                fault = CloseAdd();
                break;
            case "DELETE" or "REMOVE":
                _operations.Add(new PatchOperation.Delete(_path));
                break;
            case not null:
                CloseChunk(isEndOfFile: false);
                if (_chunks.Count == 0 && _moveTo is null)
                    fault = $"Update file hunk for path '{_path}' is empty";
                else if (_chunks.Count == 0)
                    Note("a file was renamed without a change");
                if (fault is null)
                    _operations.Add(new PatchOperation.Update(_path, _moveTo, [.. _chunks]));
                break;
        }

        _kind = null;
        _moveTo = null;
        _chunks.Clear();
        _body.Clear();
        return fault;
    }

    private string? CloseAdd()
    {
        while (_body is [.., ""])
            _body.RemoveAt(_body.Count - 1);
        var isPrefixed = _body.Any(l => l.StartsWith('+'));
        if (isPrefixed && _body.FirstOrDefault(l => l.Length > 0 && l[0] != '+') is { } bare)
            return $"every line of the new file '{_path}' must start with '+'; this one does not: '{bare}'";
        if (!isPrefixed && _body.Count > 0)
            Note("lines of a new file lacked the + prefix");
        else if (_body.Contains(""))
            Note("empty lines of a new file lacked the + prefix");
        _operations.Add(new PatchOperation.Add(_path, string.Concat(_body.Select(l => (isPrefixed && l.Length > 0 ? l[1..] : l) + "\n"))));
        return null;
    }

    private void Note(string note)
    {
        if (!_notes.Contains(note))
            _notes.Add(note);
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^\*{2,4}\s*(begin|start)\s+(of\s+)?patch\b[\s*:]*$", Options, 1000)]
    private static partial Regex Begin();

    [GeneratedRegex(@"^\*{2,4}\s*end\s+(of\s+)?patch\b[\s*:]*$", Options, 1000)]
    private static partial Regex End();

    [GeneratedRegex(@"^\*{3}\s*(?<kind>add|create|new|update|modify|edit|change|delete|remove)\s+file\s*:\s*(?<path>\S.*?)(\s*\*{3})?\s*$", Options, 1000)]
    private static partial Regex Header();

    [GeneratedRegex(@"^\*{3}\s*(move|rename)(\s+file)?\s+to\s*:\s*(?<path>\S.*?)(\s*\*{3})?\s*$", Options, 1000)]
    private static partial Regex Move();

    [GeneratedRegex(@"^\*{3}\s*end\s+of\s+file[\s*]*$", Options, 1000)]
    private static partial Regex EndOfFile();

    [GeneratedRegex(@"^\s{0,3}(```|~~~)\w*\s*$", Options, 1000)]
    private static partial Regex Fence();
}
