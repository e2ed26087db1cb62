using System.Collections.Immutable;

namespace Codex.Agent.Sandbox;

public enum SandboxMode
{
    ReadOnly,
    WorkspaceWrite,

    /// <summary>No sandbox at all; only ever by the user's word.</summary>
    FullAccess,
}

/// <summary>What commands and edits may touch.</summary>
/// <param name="WritableRoots">Absolute, links resolved; empty unless the mode is <see cref="SandboxMode.WorkspaceWrite"/>.</param>
public sealed record SandboxPolicy(SandboxMode Mode, ImmutableArray<string> WritableRoots, bool AllowsNetwork)
{
    /// <summary>Directories inside every writable root that stay read-only: they decide what runs later, or hold keys.</summary>
    public static readonly ImmutableArray<string> ProtectedNames = [".git", ".codex", ".agents", ".aws"];

    /// <summary>Places inside the roots, by their paths, that stay read-only too: Codex's own directory, wherever it is.</summary>
    public ImmutableArray<string> ProtectedPaths { get; init; } = [];

    public static readonly SandboxPolicy ReadOnly = new(SandboxMode.ReadOnly, [], AllowsNetwork: false);

    public static readonly SandboxPolicy FullAccess = new(SandboxMode.FullAccess, [], AllowsNetwork: true);
}
