using Codex.Toml.Syntax;

namespace Codex.Toml.Semantics;

/// <summary>A place where a value is named: part <paramref name="Segment"/> of a statement's key.</summary>
/// <param name="Statement">The header or pair.</param>
/// <param name="Segment">Which part of its key, from 0.</param>
public readonly record struct DefinitionSite(StatementSyntax Statement, int Segment)
{
    /// <summary>The statement goes on to something inside this value.</summary>
    public bool IsPassing => Segment < Statement.Key.Segments.Count - 1;
}
