using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Journal;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Semantics;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Rollback;

/// <summary>Brings one value back to what it was.</summary>
internal static class ValueRestore
{
    /// <summary>The value is still what was written.</summary>
    public static bool IsUntouched(TomlDocument document, ValueRecord record) =>
        Equals(document.Find(FileRecords.PathOf(record))?.ToValue(), FileRecords.ValueOf(record.After));

    /// <summary>The edit that brings the old value back; null when it is there already.</summary>
    public static TomlEdit? Edit(TomlDocument document, ValueRecord record)
    {
        var path = FileRecords.PathOf(record);
        var node = document.Find(path);
        return (node, FileRecords.ValueOf(record.Before)) switch
        {
            (null, null) => null,
            (TableNode or ArrayNode { Kind: DefinitionKind.ArrayOfTables }, null) => new TomlEdit.RemoveTable(path),
            (_, null) => new TomlEdit.RemoveKey(path),
            (null, TomlValue.Table table) => new TomlEdit.AddTable(path, table.Pairs),
            (_, var value) => new TomlEdit.SetValue(path, value) { Style = new ValueStyle.AsTyped(record.Before!) },
        };
    }
}
