using System.Collections.Immutable;
using System.Diagnostics;
using Codex.Agent.Edits.Tolerant;
using Codex.Agent.Events;
using Codex.Agent.Paths;

namespace Codex.Agent.Edits;

/// <summary>Works out what a patch makes of the files, without touching them; operations on the same file follow one another.</summary>
public sealed class EditPlanner
{
    private readonly string _directory;
    private readonly Dictionary<string, PlannedFile> _files = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly List<ChangedFile> _changes = [];
    private readonly PatchSummary _summary = new();
    private readonly List<string> _notes = [];

    private EditPlanner(string directory) => _directory = directory;

    /// <param name="directory">Where relative paths begin; absolute.</param>
    /// <param name="notes">What was put right when the patch was read.</param>
    public static PlanOutcome Plan(Patch patch, string directory, ImmutableArray<string> notes)
    {
        var planner = new EditPlanner(directory);
        planner._notes.AddRange(notes);
        try
        {
            foreach (var operation in patch.Operations)
            {
                if (planner.Take(operation) is { } reason)
                    return new PlanOutcome.Refused(reason);
            }
        }
        catch (IOException error)
        {
            return new PlanOutcome.Refused(error.Message);
        }

        if (patch.Operations.IsEmpty)
            return new PlanOutcome.Refused("No files were modified.");
        // A file that a patch makes and takes away again was never there.
        var files = planner._order.Select(p => planner._files[p]).Where(f => f.Before is not null || f.After is not null);
        return new PlanOutcome.Planned(new EditPlan([.. files], [.. planner._changes], planner._summary.ToString(), [.. planner._notes.Distinct()]));
    }

    private string? Take(PatchOperation operation) => operation switch
    {
        PatchOperation.Add add => Add(add),
        PatchOperation.Delete delete => Delete(delete),
        PatchOperation.Update update => Update(update),
        _ => throw new UnreachableException(operation.GetType().Name),
    };

    private string? Add(PatchOperation.Add add)
    {
        var path = Find(add.Path, mustExist: false);
        if (path is null)
            return $"Failed to write file {add.Path}: there can be no file of this name.";
        var current = Current(path);
        if (current is { Reason: { } reason, IsMissing: false })
            return $"Failed to write file {path}: {reason}";
        Put(RealPath.Resolve(path), current.Text, add.Content);
        _summary.Added(add.Path);
        _changes.Add(new ChangedFile(path, ChangeKind.Add));
        return null;
    }

    private string? Delete(PatchOperation.Delete delete)
    {
        var path = Find(delete.Path, mustExist: true);
        if (path is null || Current(path) is { Reason: not null })
            return $"Failed to delete file {path ?? delete.Path}{PathRepair.Nearest(delete.Path, _directory)}";
        Remove(path);
        _summary.Deleted(delete.Path);
        _changes.Add(new ChangedFile(path, ChangeKind.Delete));
        return null;
    }

    private string? Update(PatchOperation.Update update)
    {
        var path = Find(update.Path, mustExist: true);
        if (path is null)
            return $"Failed to read file to update {update.Path}: No such file or directory (os error 2)";
        var current = Current(path);
        if (current.Text is not { } text)
            return $"Failed to read file to update {path}: {current.Reason}{PathRepair.Nearest(update.Path, _directory)}";
        if (Changed(text, update, path, out var reason) is not { } changed)
            return reason;
        if (update.MoveTo is null)
        {
            Put(RealPath.Resolve(path), text, changed);
        }
        else if (Find(update.MoveTo, mustExist: false) is { } target && Current(target) is { Reason: null } or { IsMissing: true })
        {
            var isItself = RealPath.LeadsThrough(target, path);
            Put(RealPath.Resolve(target), Current(target).Text, changed);
            if (!isItself)
                Remove(path);
        }
        else
        {
            return $"Failed to write file {update.MoveTo}";
        }

        _summary.Modified(update.MoveTo ?? update.Path);
        _changes.Add(new ChangedFile(path, ChangeKind.Update));
        return null;
    }

    private string? Changed(string text, PatchOperation.Update update, string path, out string? reason)
    {
        reason = null;
        switch (TolerantChunks.Apply(SourceText.Parse(text), update.Chunks))
        {
            case TolerantOutcome.Applied applied:
                _notes.AddRange(applied.Notes.Select(n => $"{update.Path}: {n}"));
                return applied.Text.ToString();
            case TolerantOutcome.Failed failed:
                reason = failed.Reason(path);
                return null;
            case var other:
                throw new UnreachableException(other.GetType().Name);
        }
    }

    private string? Find(string path, bool mustExist)
    {
        var found = PathRepair.Find(path, _directory, mustExist, p => Current(p).Reason is null);
        if (found is { Note: { } note })
            _notes.Add(note);
        return found?.Path;
    }

    /// <summary>The file as it stands after the operations before.</summary>
    private (string? Text, string? Reason, bool IsMissing) Current(string path)
    {
        var entry = RealPath.Entry(path);
        if (_files.TryGetValue(entry, out var planned) || _files.TryGetValue(RealPath.Resolve(path), out planned))
            return planned.After is { } after ? (after, null, false) : (null, FileStatus.Describe(FileStatus.NotFound), true);
        return TextFile.Read(path) switch
        {
            FileRead.Text read => (read.Value, null, false),
            FileRead.Failed failed => (null, failed.Reason, failed.IsMissing),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    private void Remove(string path) => Put(RealPath.Entry(path), Current(path).Text, after: null);

    private void Put(string path, string? before, string? after)
    {
        if (_files.TryGetValue(path, out var planned))
            before = planned.Before;
        else
            _order.Add(path);
        _files[path] = new PlannedFile(path, before, after);
    }
}
