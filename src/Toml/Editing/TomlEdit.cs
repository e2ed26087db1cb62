using System.Collections.Immutable;
using Codex.Toml.Values;

namespace Codex.Toml.Editing;

/// <summary>A change that is asked for. Edits are data: they say what, <see cref="TomlEditor"/> finds out where.</summary>
public abstract record TomlEdit
{
    private TomlEdit(TomlPath path) => Path = path;

    public TomlPath Path { get; init; }

    /// <summary>
    /// Gives a key a value. A key that is there keeps its spelling, place and comment, and nothing changes when the value is equal already.
    /// A missing key is added the way its table is written: a line below the header, a dotted line, an entry in braces. Missing tables on
    /// the way get a header of their own. Refused when the path names a table with a header or dotted keys.
    /// </summary>
    public sealed record SetValue(TomlPath Path, TomlValue Value) : TomlEdit(Path)
    {
        public ValueStyle Style { get; init; } = ValueStyle.Canonical;

        /// <summary>A new key goes behind the last of these keys that is there, else behind the table's last key.</summary>
        public ImmutableArray<string> After { get; init; } = [];
    }

    /// <summary>Removes a key with its value and the comment behind it; comments above it stay. Refused for tables of headers and dotted keys.</summary>
    public sealed record RemoveKey(TomlPath Path) : TomlEdit(Path);

    /// <summary>
    /// Removes a table or array of tables however it is written: its sections and those below it, its dotted lines, its entry in braces.
    /// Comments inside go with it (<see cref="EditPlan.RemovedComments"/> tells them), as does a run of comments right behind its last key
    /// that a blank line or the end follows; comments above its header and those of the next section stay.
    /// </summary>
    public sealed record RemoveTable(TomlPath Path) : TomlEdit(Path)
    {
        /// <summary>Comments right above go as well, unless the text begins with them; for a table that moves elsewhere.</summary>
        public bool WithCommentsAbove { get; init; }
    }

    /// <summary>Adds a table that is not there: as a section, or inside the braces when a table above it is inline.</summary>
    public sealed record AddTable(TomlPath Path, ImmutableArray<KeyValuePair<string, TomlValue>> Pairs) : TomlEdit(Path)
    {
        public TablePlacement? Placement { get; init; }
    }

    /// <summary>Gives the last key of the path another name wherever it is written.</summary>
    public sealed record RenameKey(TomlPath Path, string Name) : TomlEdit(Path);
}

/// <summary>How a value is spelled.</summary>
public abstract record ValueStyle
{
    private ValueStyle()
    {
    }

    /// <summary>As <see cref="ValueWriter"/> spells it.</summary>
    public static ValueStyle Canonical { get; } = new Written();

    /// <summary>As <see cref="ValueWriter"/> spells it.</summary>
    public sealed record Written : ValueStyle;

    /// <summary>In these words, which must mean the same value; for what a user typed.</summary>
    public sealed record AsTyped(string Text) : ValueStyle;
}

/// <summary>Where a new section goes.</summary>
public abstract record TablePlacement
{
    private TablePlacement()
    {
    }

    /// <summary>Behind the last section below this path, its trailing comments included; at the end when there is none.</summary>
    public sealed record AfterSections(TomlPath Prefix) : TablePlacement;

    /// <summary>At the end of the text.</summary>
    public sealed record AtEnd : TablePlacement;
}
