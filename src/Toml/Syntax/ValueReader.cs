using Codex.Toml.Diagnostics;
using Codex.Toml.Semantics;
using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.Toml.Syntax;

/// <summary>Reads values, arrays and inline tables with what is inside. <see cref="At"/> moves along and stays at the first fault.</summary>
internal sealed class ValueReader(ReadOnlyMemory<byte> bytes, TomlOptions options, DiagnosticList diagnostics, DefinitionTree tree)
{
    public int At { get; set; }

    /// <summary>Brackets and braces open at this place: line ends inside them end no statement.</summary>
    public int Open { get; private set; }

    private ReadOnlySpan<byte> Text => bytes.Span;

    private byte Current => At < bytes.Length ? Text[At] : (byte)0;

    /// <summary>Reads <c>key = value</c>; null, and a fault told, when there is none.</summary>
    public PairSyntax? ReadPair(int tableDepth)
    {
        if (ReadKey() is not { } key || !tree.WithinDepth(key, tableDepth + key.Segments.Count))
            return null;
        if (Current != (byte)'=')
        {
            diagnostics.Add(DiagnosticCode.ExpectedEquals, new(At, 0), "expected '=' after the key",
                key.Segments[0].Span.Start < At && IsBareWordAt(At) ? "put quotes around a key with blanks" : null);
            return null;
        }

        var equal = new TextSpan(At, 1);
        At = KeyReader.SkipBlanks(Text, At + 1);
        return ReadValue(tableDepth + key.Segments.Count) is { } value ? new PairSyntax(key, equal, value) : null;
    }

    /// <summary>Reads a key and the blanks behind it; null, and a fault told, when there is none.</summary>
    public KeySyntax? ReadKey()
    {
        var reading = KeyReader.Read(Text, At, options.Version);
        At = reading.End;
        if (reading.Segments is not null)
            return new KeySyntax(reading.Segments);
        At = reading.FaultSpan.Start;
        StringFaults.AddKey(diagnostics, Text, reading, options.Version);
        return null;
    }

    /// <summary>Skips blanks, line ends and comments. False, and a fault told, at a comment with a control character.</summary>
    public bool SkipTrivia()
    {
        while (true)
        {
            var token = Tokenizer.Scan(Text, At);
            if (token.Kind is not (TokenKind.Whitespace or TokenKind.NewLine or TokenKind.Comment))
                return true;
            if (token.Kind == TokenKind.Comment && !CheckComment(token.Span))
                return false;
            At = token.End;
        }
    }

    public bool CheckComment(TextSpan comment)
    {
        var control = StringSpelling.FirstControl(Text.Slice(comment.Start, comment.Length), multiLine: false);
        if (control < 0)
            return true;
        At = comment.Start + control;
        return diagnostics.Add(DiagnosticCode.ControlCharacter, new(At, 1), $"control character U+{Text[At]:X4} in a comment", "delete it");
    }

    private TomlNode? ReadValue(int depth)
    {
        var token = Tokenizer.Scan(Text, At);
        if (depth > options.MaxDepth)
        {
            diagnostics.Add(DiagnosticCode.TooDeep, new(At, 1), $"nested deeper than {options.MaxDepth} levels");
            return null;
        }

        switch (token.Kind)
        {
            case TokenKind.LeftBracket:
                return ReadArray(depth);
            case TokenKind.LeftBrace:
                return ReadInlineTable(depth);
            case >= TokenKind.BasicString and <= TokenKind.MultiLineLiteralString:
                if (!StringFaults.Check(diagnostics, Text, token, options.Version))
                    return null;
                At = token.End;
                return new ScalarNode(bytes, token.Span, ScalarKind.String);
            default:
                return ReadPlainScalar();
        }
    }

    private ScalarNode? ReadPlainScalar()
    {
        var span = PlainScalar.Extent(Text, At);
        if (PlainScalar.Classify(diagnostics, Text, span, options.Version) is not { } kind)
            return null;
        At = span.End;
        return new ScalarNode(bytes, span, kind);
    }

    private ArrayNode? ReadArray(int depth)
    {
        var array = new ArrayNode(DefinitionKind.Array, new(At, 1));
        At++;
        Open++;
        while (SkipTrivia())
        {
            if (Current == (byte)']')
            {
                array.Close(++At);
                Open--;
                return array;
            }

            if (At >= bytes.Length)
                return NotClosed(array, "the array has no ']'");
            if (ReadValue(depth + 1) is not { } item)
                return null;
            array.Add(item);
            if (!SkipTrivia())
                return null;
            if (Current == (byte)',')
                At++;
            else if (Current != (byte)']')
                return NotClosed(array, At >= bytes.Length ? "the array has no ']'" : "expected ',' or ']' in the array");
        }

        return null;
    }

    private ArrayNode? NotClosed(ArrayNode array, string message)
    {
        diagnostics.Add(DiagnosticCode.BadArray, new(At, 0), message, $"the array begins at {diagnostics.PositionAt(array.Span.Start)}");
        return null;
    }

    private TableNode? ReadInlineTable(int depth)
    {
        var table = new TableNode(DefinitionKind.Inline, depth, new(At, 1));
        At++;
        Open++;
        while (SkipInlineTrivia())
        {
            if (Current == (byte)'}' && MayCloseHere(table))
                return Closed(table);
            if (Current == (byte)'}' || ReadInlinePair(table) is not { } pair || !SkipInlineTrivia())
                return null;
            if (Current == (byte)',')
            {
                pair.Comma = At++;
                continue;
            }

            if (Current == (byte)'}')
                return Closed(table);
            diagnostics.Add(DiagnosticCode.BadInlineTable, new(At, 0), At >= bytes.Length ? "the inline table has no '}'" : "expected ',' or '}' in the inline table", $"the table begins at {diagnostics.PositionAt(table.Span.Start)}");
            return null;
        }

        return null;
    }

    private PairSyntax? ReadInlinePair(TableNode table)
    {
        if (ReadPair(table.Depth) is not { } pair)
            return null;
        pair.InlineTable = table;
        table.AddInline(pair);
        return tree.AddPair(table, pair) || !diagnostics.IsFull ? pair : null;
    }

    private bool MayCloseHere(TableNode table)
    {
        if (options.Version == TomlVersion.V1_1 || table.InlinePairs.Count == 0)
            return true;
        return diagnostics.Add(DiagnosticCode.NeedsNewerVersion, new(At, 0), "a comma before '}' needs TOML 1.1", "delete the comma");
    }

    private TableNode Closed(TableNode table)
    {
        table.Close(++At);
        Open--;
        return table;
    }

    private bool SkipInlineTrivia()
    {
        if (options.Version == TomlVersion.V1_1)
            return SkipTrivia();
        At = KeyReader.SkipBlanks(Text, At);
        return Current is not ((byte)'\n' or (byte)'\r' or (byte)'#')
            || diagnostics.Add(DiagnosticCode.NeedsNewerVersion, new(At, 0), "a line end inside an inline table needs TOML 1.1", "write the table on one line, or under a [header]");
    }

    private bool IsBareWordAt(int at) => at < bytes.Length && char.IsAsciiLetterOrDigit((char)Text[at]);
}
