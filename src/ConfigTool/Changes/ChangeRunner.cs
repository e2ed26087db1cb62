using System.Collections.Immutable;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Merge;

namespace Codex.ConfigTool.Changes;

/// <summary>
/// Makes changes: plan, show, ask, lock, plan again on what is there now, note, write, note. What was confirmed is what gets written: when the
/// file changes meanwhile and the plan comes to something else, nothing is written.
/// </summary>
internal sealed class ChangeRunner(ToolEnvironment environment, StateDirectory state)
{
    private const int Attempts = 3;
    private readonly SafeWriter _writer = new(environment.Files, environment.NewToken);
    private readonly OperationLog _log = new(environment.Files, state);

    public async Task<Report> RunAsync(ChangeRequest request, ChangeMode mode, CancellationToken cancellation)
    {
        var preview = Plan(request);
        if (preview.Refusal is not null || preview.Status == ChangeStatus.Unchanged)
            return preview;
        if (mode.DryRun)
            return preview with { Status = ChangeStatus.DryRun, ExitCode = mode.ExitCode ? ExitCodes.ChangesPending : ExitCodes.Done };
        if (preview.Changes.Select(c => WriteObstacles.Find(environment.Files, c.File, mode.InPlace)).FirstOrDefault(r => r is not null) is { } obstacle
            && !MakesHome(preview, obstacle))
        {
            return preview with { Status = ChangeStatus.Refused, ExitCode = obstacle.ExitCode, Refusal = obstacle };
        }

        if (!mode.Yes && mode.Confirm is null)
        {
            var refusal = new Refusal(ExitCodes.Usage, "nobody is here to confirm the changes, so nothing was written", "run it with --yes, or with --dry-run to see them");
            return preview with { Status = ChangeStatus.Refused, ExitCode = refusal.ExitCode, Refusal = refusal };
        }

        if (!mode.Yes && !await mode.Confirm!(preview.Changes, cancellation))
            return Report.Decline(request.Command, preview.Changes);

        var (held, busy) = await FileLock.TakeAsync(environment.Files, environment.Time, state.Lock, cancellation);
        if (held is null)
            return Report.Refuse(request.Command, busy!, preview.File);
        using (held)
            return WriteLocked(request, mode, preview);
    }

    /// <summary>The directory <c>~/.codex</c> is made when it is the only thing missing.</summary>
    private bool MakesHome(Report preview, Refusal obstacle) =>
        obstacle.ExitCode == ExitCodes.CannotWrite && preview.Changes.All(c => c.File.Facts is null && environment.Files.Describe(c.File.RealPath) is null
            && Path.GetDirectoryName(c.File.RealPath) == Path.Combine(environment.UserHome, ".codex"));

    private Report WriteLocked(ChangeRequest request, ChangeMode mode, Report preview)
    {
        // With --yes nobody has seen a plan, so the first one made under the lock is the one that counts.
        var agreed = mode.Yes ? null : preview;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var report = Plan(request);
            if (report.Refusal is not null || report.Status == ChangeStatus.Unchanged)
                return report;
            if (agreed is not null && !SamePlan(agreed, report))
                break;
            agreed = report;
            try
            {
                if (Write(request, mode, report) is { } done)
                    return done;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Report.Refuse(request.Command, new(ExitCodes.CannotWrite, $"cannot keep a backup in {state.Path}, so nothing was written: {e.Message}", "name another place with --state-dir"), report.File);
            }
        }

        return Report.Refuse(request.Command, new(ExitCodes.ChangedUnderneath, $"{preview.File} was changed meanwhile by somebody else; nothing was written", "run this again"), preview.File);
    }

    /// <returns>What it came to; null when the file changed in the last moment and the plan has to be made again.</returns>
    private Report? Write(ChangeRequest request, ChangeMode mode, Report report)
    {
        foreach (var change in report.Changes)
        {
            if (Path.GetDirectoryName(change.File.RealPath) is { } folder && environment.Files.Describe(folder) is null)
                environment.Files.CreatePrivateDirectory(folder);
            _writer.Sweep(change.File.RealPath);
        }

        var notices = report.Notices.AddRange(new CrashRecovery(environment, _log).Run());
        var operation = OperationOf(request, report.Changes);
        _log.Write(operation, environment.NewToken);
        for (var i = 0; i < report.Changes.Length; i++)
        {
            var change = report.Changes[i];
            switch (_writer.Write(change.File, change.After, mode.InPlace))
            {
                case WriteResult.Refused refused:
                    Abandon(operation, i);
                    return report with { Status = ChangeStatus.Refused, ExitCode = refused.Refusal.ExitCode, Refusal = refused.Refusal };
                case WriteResult.ChangedMeanwhile:
                    Abandon(operation, i);
                    return null;
            }
        }

        _log.Write(operation with { State = OperationState.Committed }, environment.NewToken);
        return report with
        {
            Status = ChangeStatus.Written,
            ExitCode = ExitCodes.Done,
            Notices = notices,
            Operation = operation.Id,
            Backup = operation.Files[0].Backup is { } name ? _log.BackupPath(name) : null,
        };
    }

    /// <summary>Nothing was written: no trace. Some files were: the note stays, so that they can be taken back.</summary>
    private void Abandon(Operation operation, int written)
    {
        if (written == 0)
            _log.Forget(operation);
        else
            _log.Write(operation with { State = OperationState.Committed, Files = operation.Files[..written] }, environment.NewToken);
    }

    private Operation OperationOf(ChangeRequest request, ImmutableArray<PlannedChange> changes)
    {
        var id = OperationLog.NewId(_log.All(), environment.NewToken);
        return new(id, environment.Time.GetUtcNow(), ToolVersion.Current, request.Command, request.Provider, request.Undoes, OperationState.Intent,
            [.. changes.Select((c, i) => FileRecords.Of(c, c.File.Bytes is null ? null : _log.KeepBackup(id, i, c.File)))]);
    }

    private Report Plan(ChangeRequest request)
    {
        var changes = ImmutableArray.CreateBuilder<PlannedChange>();
        foreach (var wanted in request.Files)
        {
            var reading = ConfigFileReader.Read(environment.Files, wanted.Path);
            if (reading is FileReading.Refused { Refusal: var unreadable })
                return Report.Refuse(request.Command, unreadable, wanted.Path);
            switch (wanted.Plan(((FileReading.Done)reading).File))
            {
                case ChangePlanning.Refused refused:
                    return Report.Refuse(request.Command, refused.Refusal, wanted.Path) with { Conflicts = refused.Conflicts.IsDefault ? [] : refused.Conflicts };
                case ChangePlanning.Ready ready:
                    changes.Add(ready.Change);
                    break;
            }
        }

        ImmutableArray<Notice> notices = [.. changes.SelectMany(c => c.Notices)];
        var pending = changes.Where(c => !c.IsEmpty).ToImmutableArray();
        return new(request.Command)
        {
            Status = pending.IsEmpty ? ChangeStatus.Unchanged : ChangeStatus.Written,
            Changes = pending.IsEmpty ? changes.ToImmutable() : pending,
            Notices = notices,
            File = request.Files[0].Path,
        };
    }

    private static bool SamePlan(Report one, Report other) =>
        one.Changes.Length == other.Changes.Length
        && one.Changes.Zip(other.Changes).All(p => p.First.Differences.SequenceEqual(p.Second.Differences) && p.First.After is null == p.Second.After is null);
}
