using System.Collections.Immutable;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;

namespace Codex.ConfigTool.Changes;

/// <summary>A change to one file. Planned anew whenever a file of the request turns out to have changed.</summary>
/// <param name="Path">The file.</param>
/// <param name="Plan">Gets the file, and all files of the request by their paths, as they were read together.</param>
internal sealed record FileChange(string Path, Func<ConfigFile, IReadOnlyDictionary<string, ConfigFile>, ChangePlanning> Plan)
{
    public FileChange(string path, Func<ConfigFile, ChangePlanning> plan)
        : this(path, (file, _) => plan(file))
    {
    }
}

/// <summary>A change to some files that is made, noted and taken back as one.</summary>
/// <param name="Command">For the journal.</param>
/// <param name="Provider">The provider it is about, or null.</param>
/// <param name="Files">In the order they are written.</param>
internal sealed record ChangeRequest(string Command, string? Provider, ImmutableArray<FileChange> Files)
{
    /// <summary>The operation that is taken back, or null.</summary>
    public string? Undoes { get; init; }

    /// <summary>What the user should know beside what comes out of the plans.</summary>
    public ImmutableArray<Notice> Notices { get; init; } = [];
}

/// <summary>How a change is to be made.</summary>
internal sealed record ChangeMode
{
    /// <summary>Write without asking.</summary>
    public bool Yes { get; init; }

    public bool DryRun { get; init; }

    /// <summary>A dry run that finds something to change ends with its own exit code.</summary>
    public bool ExitCode { get; init; }

    public bool InPlace { get; init; }

    /// <summary>Shows the plan and asks; null when nobody can be asked.</summary>
    public Func<ImmutableArray<PlannedChange>, CancellationToken, Task<bool>>? Confirm { get; init; }
}
