using System.Collections.Immutable;
using Codex.Toml.Editing;
using Codex.Toml.Text;

namespace Codex.ConfigTool.Merge;

/// <summary>Something worth knowing that stops nothing.</summary>
/// <param name="Code">For programs; lower case with hyphens.</param>
/// <param name="Message">For people.</param>
/// <param name="Position">Where in the file, when it is about a place.</param>
public sealed record Notice(string Code, string Message, LinePosition? Position = null);

/// <summary>A value of the user's that stands against ours.</summary>
/// <param name="Key">The key with its path.</param>
/// <param name="Theirs">As TOML, secrets masked.</param>
/// <param name="Ours">As TOML; null when ours is to have none.</param>
/// <param name="CanForce">Whether <c>--force</c> settles it.</param>
/// <param name="Position">Where theirs stands.</param>
public sealed record MergeConflict(string Key, string Theirs, string? Ours, bool CanForce, LinePosition Position);

/// <summary>What a merge comes to.</summary>
public abstract record MergeOutcome
{
    private MergeOutcome()
    {
    }

    public sealed record Ready(ImmutableArray<TomlEdit> Edits, ImmutableArray<Notice> Notices) : MergeOutcome;

    public sealed record Conflicting(ImmutableArray<MergeConflict> Conflicts) : MergeOutcome;

    /// <summary>The file means something Codex would refuse, such as a number for a table.</summary>
    public sealed record Invalid(LinePosition Position, string Message) : MergeOutcome;
}
