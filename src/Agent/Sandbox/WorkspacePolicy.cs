using System.Collections.Immutable;
using Codex.Agent.Processes;

namespace Codex.Agent.Sandbox;

/// <summary>Makes the policy of a thread from what the user asked for.</summary>
public static class WorkspacePolicy
{
    /// <param name="directory">Where the thread works; writable in <see cref="SandboxMode.WorkspaceWrite"/>.</param>
    /// <param name="added">More directories to write to; relative ones begin at <paramref name="directory"/>.</param>
    /// <param name="temporary">Also writable: <c>/tmp</c> and <c>$TMPDIR</c>, unless the user excluded them.</param>
    public static SandboxPolicy Create(
        SandboxMode mode, string directory, IEnumerable<string> added, IEnumerable<string> temporary, bool allowsNetwork) => mode switch
        {
            SandboxMode.FullAccess => SandboxPolicy.FullAccess,
            SandboxMode.ReadOnly => SandboxPolicy.ReadOnly with { AllowsNetwork = allowsNetwork },
            SandboxMode.WorkspaceWrite => new SandboxPolicy(mode, Roots([directory, .. added, .. temporary], directory), allowsNetwork),
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        };

    /// <summary>What is not there (yet) is no root: else a link put in its place later would choose where it leads.</summary>
    private static ImmutableArray<string> Roots(IEnumerable<string> paths, string directory) =>
    [
        .. paths.Where(p => p.Length > 0)
            .Select(p => LibC.RealPath(Path.Combine(directory, p)))
            .OfType<string>()
            .Where(Directory.Exists)
            .Distinct(StringComparer.Ordinal),
    ];
}
