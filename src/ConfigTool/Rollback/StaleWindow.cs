using System.Collections.Immutable;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Merge;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Rollback;

/// <summary>
/// A context window that was right for the model before, when the new one's is not known: one that this tool wrote goes, one of the user's
/// stays and is told. Removing the provider brings back what was there before.
/// </summary>
internal static class StaleWindow
{
    /// <param name="document">The file as it is.</param>
    /// <param name="written">What this tool did to the file, newest first.</param>
    /// <param name="root">Root keys that are going to be written.</param>
    public static (ImmutableArray<TomlEdit> Edits, ImmutableArray<Notice> Notices) Of(
        TomlDocument document, IEnumerable<FileOperation> written, IEnumerable<KeyValuePair<string, TomlValue>> root)
    {
        var keys = root.ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal);
        var path = TomlPath.Of(ConfigKeys.ContextWindow);
        if (!keys.TryGetValue(ConfigKeys.Model, out var model) || keys.ContainsKey(ConfigKeys.ContextWindow)
            || document.Find(path) is not { } window || document.Find(TomlPath.Of(ConfigKeys.Model))?.ToValue().Equals(model) == true)
        {
            return ([], []);
        }

        var record = written.SelectMany(f => f.Values).FirstOrDefault(v => v.Path is [ConfigKeys.ContextWindow]);
        var isOurs = record is not null && ValueRestore.IsUntouched(document, record);
        var notice = new Notice("context-window",
            $"{ConfigKeys.ContextWindow} = {ValueWriter.Write(window.ToValue())} was for the model before{(isOurs ? " and goes" : "")}; give the new one's with --context-window",
            MergePlanner.PositionOf(document, window));
        return (isOurs ? [new TomlEdit.RemoveKey(path)] : [], [notice]);
    }
}
