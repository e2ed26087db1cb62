using System.Collections.Immutable;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Presets;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Semantics;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Rollback;

/// <summary>
/// Takes a provider out. When nobody touched the file since it was added, the file becomes byte by byte what it was; otherwise each
/// value goes back on its own, and only if it still is what was written. <c>model_provider</c> never points at nothing.
/// </summary>
internal sealed class ProviderRemoval(OperationHistory history, string id, bool keepTable, bool force)
{
    /// <summary>The configuration below a profile, which has the tables of providers; null for the configuration itself.</summary>
    private TomlDocument? _below;

    public ChangePlanning Plan(ConfigFile file)
    {
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return ChangePlanning.OfDiagnostic(file, document, document.Diagnostics[0]);
        var isDefault = IsDefault(document);
        var table = document.Find(ConfigKeys.Provider(id));
        if (table is null && !isDefault)
        {
            return new ChangePlanning.Refused(new(ExitCodes.Usage, $"{file.Name} has no provider '{id}'", "codex-config list shows those it has"));
        }

        var texts = keepTable ? [] : ExactRollback.OfProvider(history, file, id).ToList();
        if (texts.Find(t => IsGone(t.Text)) is { Text: { } text })
            return ChangePlanning.OfText(file, text.Bytes, []);
        if (texts.Count > 0 && texts[^1].Operation == ExactRollback.First(history, file, id))
        {
            return ChangePlanning.OfText(file, texts[^1].Text.Bytes,
                [new("provider-was-there", $"'{id}' was in the file before it was added, and is as it was then; run this again to remove that, too")]);
        }

        var notices = new List<Notice>();
        var edits = DefaultEdits(document, file.RealPath, notices);
        if (table is not null && !keepTable)
            edits.Add(table is TableNode ? new TomlEdit.RemoveTable(ConfigKeys.Provider(id)) : new TomlEdit.RemoveKey(ConfigKeys.Provider(id)));
        if (!force && Own(file, document, edits, keepTable ? null : table as TableNode) is { IsEmpty: false } own)
        {
            return new ChangePlanning.Refused(new(ExitCodes.Conflict,
                $"these were added by you and would go as well:\n  {string.Join("\n  ", own)}", "--force removes them; they stay in the backup"));
        }

        return ChangePlanning.OfEdits(file, document, [.. edits], [.. notices]);
    }

    /// <summary>A profile's file, which has the provider as its default, not its table.</summary>
    /// <param name="file">The profile's file.</param>
    /// <param name="config">The configuration below it, as it is before the removal.</param>
    public ChangePlanning PlanProfile(ConfigFile file, ConfigFile config)
    {
        _below = TomlDocument.Parse(config.Bytes.GetValueOrDefault());
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return ChangePlanning.OfDiagnostic(file, document, document.Diagnostics[0]);
        if (file.Bytes is null || !IsDefault(document))
            return ChangePlanning.OfText(file, file.Bytes, []);
        if (ExactRollback.OfProvider(history, file, id).ToList().Find(t => IsGone(t.Text)) is { Text: { } text })
            return ChangePlanning.OfText(file, text.Bytes, []);
        var notices = new List<Notice>();
        var edits = DefaultEdits(document, file.RealPath, notices);
        return ChangePlanning.OfEdits(file, document, [.. edits], [.. notices]);
    }

    /// <summary>Edits that make another provider the default.</summary>
    internal List<TomlEdit> DefaultEdits(TomlDocument document, string realPath, List<Notice> notices) =>
        DefaultEdits(document, realPath, notices, before => IsUsable(document, before));

    /// <summary>Edits that bring back the root keys as they were with a certain provider.</summary>
    /// <param name="document">The file as it is.</param>
    /// <param name="realPath">Its place.</param>
    /// <param name="notices">Takes what the user should know.</param>
    /// <param name="isWanted">With the values of which provider the search back in time ends.</param>
    internal List<TomlEdit> DefaultEdits(TomlDocument document, string realPath, List<Notice> notices, Func<string, bool> isWanted)
    {
        var edits = new List<TomlEdit>();
        var ledger = Earlier(ProviderLedger.Of(history, realPath, id), realPath, isWanted);
        // What was taken away for this provider is still away with whoever is the default now, and says nothing.
        foreach (var record in ledger.Where(r => r.After is not null || IsDefault(document)))
        {
            if (ValueRestore.IsUntouched(document, record))
            {
                if (ValueRestore.Edit(document, record) is { } edit)
                    edits.Add(edit);
            }
            else if (document.Find(FileRecords.PathOf(record)) is { } node)
            {
                var path = FileRecords.PathOf(record);
                notices.Add(new("kept", $"{path} = {SecretMask.Value(path.Last.Key!, node.ToValue())} stays, since it was changed after {id} was added", MergePlanner.PositionOf(document, node)));
            }
        }

        var isRestored = edits.Exists(e => e.Path.Equals(TomlPath.Of(ConfigKeys.ModelProvider)));
        if (IsDefault(document) && !isRestored)
        {
            edits.Add(new TomlEdit.RemoveKey(TomlPath.Of(ConfigKeys.ModelProvider)));
            if (ledger.All(r => r.Path[0] != ConfigKeys.Model) && document.Find(TomlPath.Of(ConfigKeys.Model)) is { } model)
                notices.Add(new("model", $"model = {ValueWriter.Write(model.ToValue())} stays; change it if it was a model of {id}", MergePlanner.PositionOf(document, model)));
        }

        return edits;
    }

    /// <summary>When the provider before is gone as well, what was there before that one, and so on.</summary>
    private ImmutableArray<ValueRecord> Earlier(ImmutableArray<ValueRecord> ledger, string realPath, Func<string, bool> isWanted)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { id };
        while (ProviderBefore(ledger) is { } before && !isWanted(before) && seen.Add(before))
        {
            var older = ProviderLedger.Of(history, realPath, before).ToDictionary(r => string.Join('\0', r.Path), StringComparer.Ordinal);
            var known = ledger.Select(r => string.Join('\0', r.Path)).ToHashSet(StringComparer.Ordinal);
            ledger =
            [
                .. ledger.Select(r => older.TryGetValue(string.Join('\0', r.Path), out var o) && ProviderLedger.HasWritten(history, realPath, before, r) ? r with { Before = o.Before } : r),
                // What only that one wrote has stayed until now.
                .. older.Where(o => !known.Contains(o.Key)).Select(o => o.Value),
            ];
            if (ProviderBefore(ledger) == before)
                ledger = [.. ledger.Select(r => r.Path is [ConfigKeys.ModelProvider] ? r with { Before = null } : r)];
        }

        return ledger;
    }

    private static string? ProviderBefore(ImmutableArray<ValueRecord> ledger) =>
        (FileRecords.ValueOf(ledger.FirstOrDefault(r => r.Path is [ConfigKeys.ModelProvider])?.Before) as TomlValue.String)?.Value;

    private bool IsUsable(TomlDocument document, string provider) =>
        provider != id && (ReservedIds.NeedsNoTable(provider) || document.Find(ConfigKeys.Provider(provider)) is TableNode
            || _below?.Find(ConfigKeys.Provider(provider)) is TableNode);

    private bool IsDefault(TomlDocument document) =>
        document.Find(TomlPath.Of(ConfigKeys.ModelProvider))?.ToValue() is TomlValue.String value && value.Value == id;

    private bool IsGone(RestoredText text)
    {
        var document = TomlDocument.Parse(text.Bytes.GetValueOrDefault());
        return document.IsValid && !IsDefault(document) && document.Find(ConfigKeys.Provider(id)) is null
            && (document.Find(TomlPath.Of(ConfigKeys.ModelProvider))?.ToValue() is not TomlValue.String other || IsUsable(document, other.Value));
    }

    /// <summary>Keys and comments that the user wrote and that the edits would take away.</summary>
    private ImmutableArray<string> Own(ConfigFile file, TomlDocument document, List<TomlEdit> edits, TableNode? table)
    {
        if (TomlEditor.Plan(document, edits) is not EditPlanning.Ready { Plan: var plan })
            return [];
        var ours = ProviderLedger.TableKeys(history, file.RealPath, id);
        var keys = table?.Children.Where(c => !ours.Contains(c.Key))
            .Select(c => (Position: MergePlanner.PositionOf(document, c.Value), Text: $"{KeyWriter.Write(c.Key)} = {SecretMask.Value(c.Key, c.Value.ToValue())}")) ?? [];
        return [.. keys.Concat(plan.RemovedComments.Select(c => (c.Position, Text: Printable.Line(c.Text))))
            .OrderBy(o => o.Position.Line)
            .Select(o => $"line {o.Position.Line}: {o.Text}")];
    }
}
