using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.Toml.Semantics;

/// <summary>A value of the text together with where and how it is defined.</summary>
public abstract class TomlNode
{
    private DefinitionSite _first;
    private List<DefinitionSite>? _more;

    private protected TomlNode(DefinitionKind kind, TextSpan span) => (Kind, Span) = (kind, span);

    public DefinitionKind Kind { get; private protected set; }

    /// <summary>The value as written; empty for tables and arrays that headers and dotted keys define.</summary>
    public TextSpan Span { get; private protected set; }

    /// <summary>
    /// Every statement that names this value, in the order of the text: its own, and those that pass through it to something inside.
    /// Empty for the root and for elements of arrays in brackets.
    /// </summary>
    public IReadOnlyList<DefinitionSite> Sites => _more ?? (_first.Statement is null ? [] : [_first]);

    /// <summary>The value decoded, with everything inside.</summary>
    public abstract TomlValue ToValue();

    internal DefinitionSite FirstSite => _first;

    internal void AddSite(DefinitionSite site)
    {
        if (_first.Statement is null)
            _first = site;
        else
            (_more ??= [_first]).Add(site);
    }
}
