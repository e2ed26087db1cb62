using Codex.Toml.Semantics;
using Codex.Toml.Text;

namespace Codex.Toml.Syntax;

/// <summary>Something that defines: a header, or a key with its value.</summary>
public abstract class StatementSyntax
{
    private protected StatementSyntax(KeySyntax key) => Key = key;

    public KeySyntax Key { get; }

    /// <summary>The lines it stands on with indentation, comment and line end; empty for a pair inside an inline table.</summary>
    public TextSpan Lines { get; internal set; }

    /// <summary>The comment behind it on its last line, from the <c>#</c> to the end of the line.</summary>
    public TextSpan? Comment { get; internal set; }

    /// <summary>The statement itself, without indentation and comment.</summary>
    public abstract TextSpan Span { get; }
}

/// <summary><c>[key]</c> or <c>[[key]]</c>.</summary>
public sealed class HeaderSyntax : StatementSyntax
{
    internal HeaderSyntax(KeySyntax key, TextSpan span, bool isArray)
        : base(key) => (Span, IsArray) = (span, isArray);

    public bool IsArray { get; }

    public override TextSpan Span { get; }
}

/// <summary><c>key = value</c>, on lines of its own or inside an inline table.</summary>
public sealed class PairSyntax : StatementSyntax
{
    internal PairSyntax(KeySyntax key, TextSpan equal, TomlNode value)
        : base(key) => (Equal, Value) = (equal, value);

    public TextSpan Equal { get; }

    public TomlNode Value { get; }

    /// <summary>The inline table whose braces hold the pair; null for a pair on lines of its own.</summary>
    public TableNode? InlineTable { get; internal set; }

    /// <summary>The section the pair stands in; null inside an inline table.</summary>
    public SectionSyntax? Section { get; internal set; }

    /// <summary>Offset of the comma behind the pair in an inline table, or -1.</summary>
    public int Comma { get; internal set; } = -1;

    public override TextSpan Span => TextSpan.FromBounds(Key.Span.Start, Value.Span.End);
}

/// <summary>A header and the pairs up to the next one; the first section has no header.</summary>
public sealed class SectionSyntax
{
    private readonly List<PairSyntax> _pairs = [];

    internal SectionSyntax(HeaderSyntax? header, TableNode table, TomlPath path) => (Header, Table, Path) = (header, table, path);

    public HeaderSyntax? Header { get; }

    public TableNode Table { get; }

    /// <summary>Where the section's table is, with the numbers of the elements of arrays of tables.</summary>
    public TomlPath Path { get; }

    public IReadOnlyList<PairSyntax> Pairs => _pairs;

    /// <summary>The last statement; null for a first section without pairs.</summary>
    public StatementSyntax? Last => _pairs.Count > 0 ? _pairs[^1] : Header;

    internal void Add(PairSyntax pair) => _pairs.Add(pair);
}
