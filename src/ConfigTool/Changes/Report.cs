using System.Collections.Immutable;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;

namespace Codex.ConfigTool.Changes;

internal enum ChangeStatus
{
    Written,
    Unchanged,
    DryRun,
    Refused,

    /// <summary>An earlier run that had been cut off was taken back, nothing else.</summary>
    Settled,
}

/// <summary>What a command that changes files came to.</summary>
/// <param name="Command">Its name.</param>
internal sealed record Report(string Command)
{
    public ChangeStatus Status { get; init; }

    public int ExitCode { get; init; }

    public ImmutableArray<PlannedChange> Changes { get; init; } = [];

    public ImmutableArray<Notice> Notices { get; init; } = [];

    public ImmutableArray<MergeConflict> Conflicts { get; init; } = [];

    /// <summary>Why nothing was written; null unless refused.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The journal's name for what was written.</summary>
    public string? Operation { get; init; }

    /// <summary>Path of the copy of the old text.</summary>
    public string? Backup { get; init; }

    /// <summary>The file it is about, even when it could not be read.</summary>
    public string? File { get; init; }

    public static Report Refuse(string command, Refusal refusal, string? file = null) =>
        new(command) { Status = ChangeStatus.Refused, ExitCode = refusal.ExitCode, Refusal = refusal, File = file };

    public static Report Decline(string command, ImmutableArray<PlannedChange> changes) =>
        new(command) { Status = ChangeStatus.Refused, ExitCode = ExitCodes.Done, Changes = changes, Refusal = new(ExitCodes.Done, "nothing was written") };
}
