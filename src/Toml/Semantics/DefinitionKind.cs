namespace Codex.Toml.Semantics;

/// <summary>How a value came to be defined, which decides how it can be extended.</summary>
public enum DefinitionKind
{
    /// <summary>The table of the whole text.</summary>
    Root,

    /// <summary>A table with its own <c>[header]</c>, or an element of an array of tables.</summary>
    Header,

    /// <summary>A table that exists because a longer header names it.</summary>
    ImplicitHeader,

    /// <summary>A table that exists because a dotted key names it.</summary>
    Dotted,

    /// <summary>A table in braces.</summary>
    Inline,

    /// <summary>An array made of <c>[[headers]]</c>.</summary>
    ArrayOfTables,

    /// <summary>An array in brackets.</summary>
    Array,

    /// <summary>A string, number, boolean or date.</summary>
    Scalar,
}
