using Codex.Toml.Diagnostics;
using Codex.Toml.Semantics;
using Codex.Toml.Text;

namespace Codex.Toml.Syntax;

/// <summary>Reads statement after statement into sections and the tree of tables.</summary>
internal sealed class DocumentReader
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly DiagnosticList _diagnostics;
    private readonly DefinitionTree _tree;
    private readonly ValueReader _values;
    private readonly List<SectionSyntax> _sections = [];

    public DocumentReader(ReadOnlyMemory<byte> bytes, TomlOptions options, DiagnosticList diagnostics)
    {
        (_bytes, _diagnostics) = (bytes, diagnostics);
        _tree = new(diagnostics, options.MaxDepth);
        _values = new(bytes, options, diagnostics, _tree);
        _sections.Add(_tree.Root.Section = new(null, _tree.Root, TomlPath.Root));
    }

    public TableNode Root => _tree.Root;

    public IReadOnlyList<SectionSyntax> Sections => _sections;

    private ReadOnlySpan<byte> Text => _bytes.Span;

    public void Read()
    {
        var at = Text.StartsWith(Tokenizer.ByteOrderMark) ? Tokenizer.ByteOrderMark.Length : 0;
        while (at < Text.Length && !_diagnostics.IsFull)
            at = ReadLine(at);
    }

    private int ReadLine(int start)
    {
        _values.At = KeyReader.SkipBlanks(Text, start);
        var open = _values.Open;
        var token = Tokenizer.Scan(Text, _values.At);
        var statement = token.Kind switch
        {
            TokenKind.NewLine or TokenKind.Comment or TokenKind.EndOfFile => null,
            TokenKind.LeftBracket => ReadHeader(),
            _ => (StatementSyntax?)_values.ReadPair(_sections[^1].Table.Depth),
        };
        var isTrivia = token.Kind is TokenKind.NewLine or TokenKind.Comment or TokenKind.EndOfFile;
        if ((statement is null && !isTrivia) || !ReadLineEnd(out var comment))
            return Recover(wasInside: _values.Open > open);
        if (statement is null)
            return _values.At;

        statement.Lines = TextSpan.FromBounds(start, _values.At);
        statement.Comment = comment;
        Add(statement);
        return _values.At;
    }

    private void Add(StatementSyntax statement)
    {
        var section = _sections[^1];
        if (statement is PairSyntax pair)
        {
            if (!_tree.AddPair(section.Table, pair))
                return;
            pair.Section = section;
            section.Add(pair);
        }
        else if (statement is HeaderSyntax header)
        {
            // Behind a header that may not stand there the pairs are still read, into a table of no place.
            _sections.Add(_tree.AddHeader(header)
                ?? new(header, new TableNode(DefinitionKind.Header, header.Key.Segments.Count), TomlPath.Of([.. header.Key.Segments.Select(s => s.Text)])));
        }
    }

    private HeaderSyntax? ReadHeader()
    {
        var start = _values.At;
        var isArray = Text[start..].StartsWith("[["u8);
        _values.At = KeyReader.SkipBlanks(Text, start + (isArray ? 2 : 1));
        if (_values.ReadKey() is not { } key)
            return null;
        if (!Text[_values.At..].StartsWith(isArray ? "]]"u8 : "]"u8))
        {
            _diagnostics.Add(DiagnosticCode.BadHeader, new(_values.At, 0), $"expected '{(isArray ? "]]" : "]")}' at the end of the header");
            return null;
        }

        _values.At += isArray ? 2 : 1;
        return new(key, TextSpan.FromBounds(start, _values.At), isArray);
    }

    /// <summary>Reads blanks, a comment and the line end. False, and a fault told, at anything else.</summary>
    private bool ReadLineEnd(out TextSpan? comment)
    {
        comment = null;
        _values.At = KeyReader.SkipBlanks(Text, _values.At);
        var token = Tokenizer.Scan(Text, _values.At);
        if (token.Kind == TokenKind.Comment)
        {
            if (!_values.CheckComment(token.Span))
                return false;
            comment = token.Span;
            _values.At = token.End;
            token = Tokenizer.Scan(Text, _values.At);
        }

        if (token.Kind is TokenKind.NewLine or TokenKind.EndOfFile)
        {
            _values.At = token.End;
            return true;
        }

        return token.Kind == TokenKind.StrayCarriageReturn
            ? StringFaults.AddStrayCarriageReturn(_diagnostics, token.Start)
            : _diagnostics.Add(DiagnosticCode.ExpectedLineEnd, new(token.Start, 0), "expected the end of the line", "write one key a line");
    }

    /// <summary>
    /// Where to go on after a fault: at the next line, and behind brackets left open at the next line that looks like a statement,
    /// so that one forgotten bracket is not told once for every element.
    /// </summary>
    private int Recover(bool wasInside)
    {
        var at = NextLine(_values.At);
        while (wasInside && at < Text.Length && !LooksLikeStatement(at))
            at = NextLine(at);
        return at;
    }

    private int NextLine(int at)
    {
        var feed = Text[Math.Min(at, Text.Length)..].IndexOf((byte)'\n');
        return feed < 0 ? Text.Length : at + feed + 1;
    }

    private bool LooksLikeStatement(int start)
    {
        var at = KeyReader.SkipBlanks(Text, start);
        var brackets = 0;
        for (; brackets < 2 && at < Text.Length && Text[at] == (byte)'['; brackets++)
            at++;
        if (Text[at..].StartsWith("\"\"\""u8) || Text[at..].StartsWith("'''"u8))
            return false;
        var reading = KeyReader.Read(Text, KeyReader.SkipBlanks(Text, at), TomlVersion.V1_1);
        if (reading.Segments is null || reading.End >= Text.Length)
            return false;
        return brackets == 0
            ? Text[reading.End] == (byte)'='
            : Tokenizer.EndOfLine(Text, reading.End) == KeyReader.SkipBlanks(Text, reading.End + brackets) && Text[reading.End] == (byte)']';
    }
}
