using System.Collections.Immutable;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Merge;

namespace Codex.ConfigTool.Changes;

/// <summary>
/// Makes changes: plan, show, ask, lock, plan again on what is there now, note, write, note. What was confirmed is what gets written: when a
/// file changes meanwhile and the plan comes to something else, nothing is written. Several files change together or not at all.
/// </summary>
internal sealed class ChangeRunner
{
    private const int Attempts = 3;
    private readonly ToolEnvironment _environment;
    private readonly StateDirectory _state;
    private readonly SafeWriter _writer;
    private readonly FileSetWriter _set;
    private readonly OperationLog _log;

    public ChangeRunner(ToolEnvironment environment, StateDirectory state)
    {
        (_environment, _state) = (environment, state);
        _writer = new(environment.Files, environment.NewToken);
        _set = new(environment.Files, _writer);
        _log = new(environment.Files, state);
    }

    public async Task<Report> RunAsync(ChangeRequest request, ChangeMode mode, CancellationToken cancellation)
    {
        ImmutableArray<Notice> settled = [];
        if (CrashRecovery.IsNeeded(_log))
        {
            if (mode.DryRun || (!mode.Yes && mode.Confirm is null))
            {
                settled = [new(CrashRecovery.Code, "an earlier run was cut off; the next run that writes finds out what became of it")];
            }
            else
            {
                var (settlement, busy) = await SettleAsync(cancellation);
                if (settlement is null)
                    return Report.Refuse(request.Command, busy!, request.Files[0].Path);
                settled = settlement.Notices;
            }
        }

        var report = await ChangeAsync(request, mode, cancellation);
        return report with { Notices = report.Notices.InsertRange(0, settled) };
    }

    /// <summary>Ends what runs left that died. Writes without asking: it only brings back what was there, or notes what is there.</summary>
    public async Task<(Settlement? Settlement, Refusal? Refusal)> SettleAsync(CancellationToken cancellation)
    {
        var (held, busy) = await FileLock.TakeAsync(_environment.Files, _environment.Time, _state.Lock, cancellation);
        if (held is null)
            return (null, busy);
        using (held)
            return (new CrashRecovery(_environment, _log, _set).Run(), null);
    }

    private async Task<Report> ChangeAsync(ChangeRequest request, ChangeMode mode, CancellationToken cancellation)
    {
        var preview = Plan(request);
        if (preview.Refusal is not null || preview.Status == ChangeStatus.Unchanged)
            return preview;
        if (mode.DryRun)
            return preview with { Status = ChangeStatus.DryRun, ExitCode = mode.ExitCode ? ExitCodes.ChangesPending : ExitCodes.Done };
        if (preview.Changes.Select(c => WriteObstacles.Find(_environment.Files, c.File, mode.InPlace)).FirstOrDefault(r => r is not null) is { } obstacle
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

        var (held, busy) = await FileLock.TakeAsync(_environment.Files, _environment.Time, _state.Lock, cancellation);
        if (held is null)
            return Report.Refuse(request.Command, busy!, preview.File);
        using (held)
            return WriteLocked(request, mode, preview);
    }

    /// <summary>The directory <c>~/.codex</c> is made when it is the only thing missing.</summary>
    private bool MakesHome(Report preview, Refusal obstacle) =>
        obstacle.ExitCode == ExitCodes.CannotWrite && preview.Changes.All(c => c.File.Facts is null && _environment.Files.Describe(c.File.RealPath) is null
            && Path.GetDirectoryName(c.File.RealPath) == Path.Combine(_environment.UserHome, ".codex"));

    private Report WriteLocked(ChangeRequest request, ChangeMode mode, Report preview)
    {
        // With --yes nobody has seen a plan, so the first one made under the lock is the one that counts.
        var agreed = mode.Yes ? null : preview;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var report = Plan(request);
            if (report.Refusal is not null || report.Status == ChangeStatus.Unchanged)
                return report;
            if (agreed is not null && !ChangePlan.IsSame(agreed, report))
                break;
            agreed = report;
            if (Write(request, mode, report) is { } done)
                return done;
        }

        return Report.Refuse(request.Command, new(ExitCodes.ChangedUnderneath, $"{preview.File} was changed meanwhile by somebody else; nothing was written", "run this again"), preview.File);
    }

    /// <returns>What it came to; null when a file changed in the last moment and the plan has to be made again.</returns>
    private Report? Write(ChangeRequest request, ChangeMode mode, Report report)
    {
        Operation operation;
        try
        {
            operation = Note(request, report.Changes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Report.Refuse(request.Command, new(ExitCodes.CannotWrite, $"cannot keep a backup in {_state.Path}, so nothing was written: {e.Message}", "name another place with --state-dir"), report.File);
        }

        var left = ImmutableArray<FileOperation>.Empty;
        switch (_set.Write(report.Changes, operation, mode.InPlace))
        {
            case SetResult.ChangedMeanwhile:
                End(operation, left);
                return null;
            case SetResult.Refused refused:
                left = refused.Left;
                End(operation, left);
                var refusal = left.IsEmpty ? refused.Refusal : refused.Refusal with { Hint = $"codex-config undo {operation.Id} takes back {string.Join(", ", left.Select(f => f.Path))}" };
                return report with { Status = ChangeStatus.Refused, ExitCode = refusal.ExitCode, Refusal = refusal };
        }

        var isNoted = End(operation, operation.Files);
        return report with
        {
            Status = ChangeStatus.Written,
            ExitCode = ExitCodes.Done,
            Notices = isNoted ? report.Notices : report.Notices.Add(new(CrashRecovery.Code, $"the journal in {_state.Path} could not be finished; the next run does that")),
            Operation = operation.Id,
            Backup = operation.Files[0].Backup is { } name ? _log.BackupPath(name) : null,
        };
    }

    private Report Plan(ChangeRequest request) =>
        ChangePlan.Of(_environment.Files, request) is var report && report.Refusal is null
            ? report with { Notices = [.. report.Notices, .. SuperUser.Notices(_environment, report.Changes)] }
            : report;

    /// <summary>Keeps copies and notes what is going to happen.</summary>
    private Operation Note(ChangeRequest request, ImmutableArray<PlannedChange> changes)
    {
        var id = OperationLog.NewId(_log.All(), _environment.NewToken);
        try
        {
            foreach (var change in changes)
            {
                if (Path.GetDirectoryName(change.File.RealPath) is { } folder && _environment.Files.Describe(folder) is null)
                    _environment.Files.CreatePrivateDirectory(folder);
                _writer.Sweep(change.File.RealPath);
            }

            var operation = new Operation(id, _environment.Time.GetUtcNow(), ToolVersion.Current, request.Command, request.Provider, request.Undoes, OperationState.Intent,
                [.. changes.Select((c, i) => FileRecords.Of(c, c.File.Bytes is null ? null : _log.KeepBackup(id, i, c.File)))]);
            _log.Write(operation, _environment.NewToken);
            return operation;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.Discard(id);
            throw;
        }
    }

    /// <summary>Notes which files an operation changed in the end. When that fails its first note stays, and the next run settles it.</summary>
    private bool End(Operation operation, ImmutableArray<FileOperation> written)
    {
        try
        {
            if (written.IsEmpty)
                _log.Forget(operation);
            else
                _log.Write(operation with { State = OperationState.Committed, Files = written }, _environment.NewToken);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
