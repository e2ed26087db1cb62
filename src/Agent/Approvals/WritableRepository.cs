using Codex.Agent.Approvals.Shell;
using Codex.Agent.Processes;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Approvals;

/// <summary>
/// git runs what the configuration of a repository names (<c>core.fsmonitor</c>, filters, hooks). A rule that lets git run
/// outside the sandbox means the user's repositories, not one that a command in the sandbox could have made or changed.
/// </summary>
internal static class WritableRepository
{
    private static readonly string[] Programs = ["git", "gh", "hub", "glab", "tig", "jj"];

    /// <param name="directory">Where the script starts.</param>
    public static async Task<bool> IsMetAsync(string script, string directory, SandboxPolicy policy)
    {
        if (policy.WritableRoots.IsEmpty || !NestedCommands.Find(script).Any(words => Programs.Contains(ShellPrograms.Name(words[0]))))
            return false;
        if (LibC.RealPath(directory) is not { } real || Find(real) is not { } repository)
            return false;
        // What cannot be protected has been open to every command so far.
        return !Contains(policy.WritableRoots, repository)
            ? false
            : await SandboxSelfTest.FindAsync() is SandboxBackend.Landlock || WritableArea.Inspect(policy).Area is not { } area || !Contains(area.ReadOnly, repository);
    }

    /// <summary>As git looks for it: in each directory <c>.git</c> first, then the directory itself as a bare one.</summary>
    private static string? Find(string directory)
    {
        for (var place = directory; place is not null; place = Path.GetDirectoryName(place))
        {
            if (Path.Combine(place, ".git") is var mark && Path.Exists(mark))
                return mark;
            if (File.Exists(Path.Combine(place, "HEAD")) && Directory.Exists(Path.Combine(place, "objects")) && Directory.Exists(Path.Combine(place, "refs")))
                return place;
        }

        return null;
    }

    private static bool Contains(IEnumerable<string> places, string path) =>
        places.Any(p => path == p || path.StartsWith(p + "/", StringComparison.Ordinal));
}
