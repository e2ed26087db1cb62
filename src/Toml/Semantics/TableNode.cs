using System.Diagnostics.CodeAnalysis;
using Codex.Toml.Syntax;
using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.Toml.Semantics;

/// <summary>A table, however it is defined. Its keys stand in the order of their first definition.</summary>
public sealed class TableNode : TomlNode
{
    private static readonly OrderedDictionary<string, TomlNode> NoChildren = [];
    private OrderedDictionary<string, TomlNode>? _children;
    private List<PairSyntax>? _inlinePairs;

    internal TableNode(DefinitionKind kind, int depth, TextSpan span = default)
        : base(kind, span) => Depth = depth;

    public IReadOnlyDictionary<string, TomlNode> Children => _children ?? NoChildren;

    /// <summary>The section whose pairs are this table's; null unless the kind is Root or Header.</summary>
    public SectionSyntax? Section { get; internal set; }

    /// <summary>The pairs between the braces of an inline table; empty for every other table.</summary>
    public IReadOnlyList<PairSyntax> InlinePairs => _inlinePairs ?? [];

    /// <summary>Levels above this table.</summary>
    internal int Depth { get; }

    public override TomlValue ToValue() =>
        new TomlValue.Table([.. Children.Select(c => KeyValuePair.Create(c.Key, c.Value.ToValue()))]);

    internal bool TryGet(string key, [MaybeNullWhen(false)] out TomlNode node)
    {
        node = null;
        return _children is not null && _children.TryGetValue(key, out node);
    }

    internal void Add(string key, TomlNode node) => (_children ??= new(StringComparer.Ordinal)).Add(key, node);

    internal void AddInline(PairSyntax pair) => (_inlinePairs ??= []).Add(pair);

    internal void Close(int end) => Span = TextSpan.FromBounds(Span.Start, end);

    /// <summary>A header of its own was found for a table that longer headers had named before.</summary>
    internal void BecomeHeader() => Kind = DefinitionKind.Header;

    /// <summary>Dotted keys define the table from now on.</summary>
    internal void BecomeDotted() => Kind = DefinitionKind.Dotted;
}
