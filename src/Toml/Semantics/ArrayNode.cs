using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.Toml.Semantics;

/// <summary>An array in brackets, or one made of <c>[[headers]]</c>.</summary>
public sealed class ArrayNode : TomlNode
{
    private readonly List<TomlNode> _items = [];

    internal ArrayNode(DefinitionKind kind, TextSpan span)
        : base(kind, span)
    {
    }

    public IReadOnlyList<TomlNode> Items => _items;

    public override TomlValue ToValue() => new TomlValue.Array([.. _items.Select(i => i.ToValue())]);

    internal void Add(TomlNode item) => _items.Add(item);

    internal void Close(int end) => Span = TextSpan.FromBounds(Span.Start, end);
}
