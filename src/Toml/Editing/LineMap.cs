using System.Text;
using System.Text.RegularExpressions;
using Codex.Toml.Syntax;
using Codex.Toml.Text;

namespace Codex.Toml.Editing;

/// <summary>What each line of a valid text is: part of a statement, blank, or a comment. Lines count from 0.</summary>
internal sealed partial class LineMap
{
    private readonly TomlDocument _document;
    private readonly LineSort[] _sorts;

    public LineMap(TomlDocument document)
    {
        _document = document;
        _sorts = new LineSort[document.Lines.Count];
        for (var line = 0; line < _sorts.Length; line++)
            _sorts[line] = document.Bytes.Span[Offset(line)..ContentEnd(line)].Trim(" \t"u8).IsEmpty ? LineSort.Blank : LineSort.Comment;
        foreach (var statement in document.Sections.SelectMany(Statements))
            Array.Fill(_sorts, LineSort.Statement, First(statement), After(statement) - First(statement));
    }

    private enum LineSort
    {
        Statement,
        Blank,
        Comment,
    }

    public TomlDocument Document => _document;

    public int Count => _sorts.Length;

    /// <summary>The line end of new lines.</summary>
    public string LineEnd => _document.LineEnding.Text();

    /// <summary>The text has something in it, and its last line is not ended.</summary>
    public bool LacksFinalNewline => Count > 0 && Offset(Count - 1) < _document.Bytes.Length && !_document.EndsWithNewline;

    /// <summary>Where a line begins, behind a byte order mark; the end of the text for the line behind the last.</summary>
    public int Offset(int line) => line == 0 && _document.HasByteOrderMark ? Tokenizer.ByteOrderMark.Length : _document.Lines.Start(line);

    /// <summary>Where a line's text ends.</summary>
    public int ContentEnd(int line) => Math.Max(Offset(line), _document.Lines.Content(line).End);

    public int First(StatementSyntax statement) => _document.Lines.LineAt(statement.Lines.Start);

    /// <summary>The line behind a statement.</summary>
    public int After(StatementSyntax statement) => _document.Lines.LineAt(statement.Lines.End - 1) + 1;

    public bool IsBlank(int line) => line >= 0 && line < Count && _sorts[line] == LineSort.Blank;

    public bool IsComment(int line) => line >= 0 && line < Count && _sorts[line] == LineSort.Comment;

    /// <summary>The first line of the comments that stand right above this line, lines that speak to programs left out.</summary>
    public int StartOfCommentsAbove(int line)
    {
        while (IsComment(line - 1) && !IsDirective(line - 1))
            line--;
        return line;
    }

    /// <summary>The line behind a section with the comments right behind it, if a blank line or the end follows those; else they belong to what comes next.</summary>
    public int AfterTrailingComments(int line)
    {
        var end = line;
        while (IsComment(end))
            end++;
        return end == Count || IsBlank(end) ? end : line;
    }

    /// <summary>The blanks in front of what stands at this offset; empty when something else comes first in its line.</summary>
    public string Indentation(int offset)
    {
        var text = _document.Bytes.Span[Offset(_document.Lines.LineAt(offset))..offset];
        return text.IndexOfAnyExcept(" \t"u8) < 0 ? Encoding.ASCII.GetString(text) : "";
    }

    private static IEnumerable<StatementSyntax> Statements(SectionSyntax section) =>
        section.Header is null ? section.Pairs : section.Pairs.Prepend<StatementSyntax>(section.Header);

    /// <summary>A line for a program that looks for it at the top: an interpreter line, a schema directive, an editor's mode line.</summary>
    private bool IsDirective(int line) =>
        Directive().IsMatch(_document.TextOf(TextSpan.FromBounds(Offset(line), ContentEnd(line))));

    [GeneratedRegex(@"^\s*#(!|:|.*-\*-|.*\b(vim?|ex):)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Directive();
}
