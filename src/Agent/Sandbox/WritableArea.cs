using System.Collections.Immutable;
using Codex.Agent.Processes;

namespace Codex.Agent.Sandbox;

/// <summary>The writable roots of a policy as they are on disk now, and what in them stays read-only.</summary>
/// <param name="Roots">Directories that exist.</param>
/// <param name="ReadOnly">Existing files and directories inside them.</param>
/// <param name="Missing">Names inside them that must not come to be.</param>
public sealed record WritableArea(ImmutableArray<string> Roots, ImmutableArray<string> ReadOnly, ImmutableArray<string> Missing)
{
    /// <summary>Of <see cref="ReadOnly"/> the protected names that are empty directories of somebody else's, most likely another sandbox's.</summary>
    public ImmutableArray<string> Empty { get; init; } = [];

    private static readonly ImmutableArray<string> NeverWritable = ["/proc", "/sys", "/dev"];

    /// <returns>The area, or why these roots cannot be made writable safely.</returns>
    public static (WritableArea? Area, string? Fault) Inspect(SandboxPolicy policy)
    {
        var roots = ImmutableArray.CreateBuilder<string>();
        foreach (var root in policy.WritableRoots.Distinct(StringComparer.Ordinal))
        {
            if (Fault(root) is { } fault)
                return (null, fault);
            if (Directory.Exists(root))
                roots.Add(root);
        }

        var readOnly = new SortedSet<string>(StringComparer.Ordinal);
        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (var path in policy.ProtectedPaths.Where(p => roots.Contains(p)))
            return (null, $"{path} is where Codex keeps its configuration, so commands may not write there. Work in another directory, or use -s read-only.");
        foreach (var path in policy.ProtectedPaths.Where(p => IsInside(p, roots) && Directory.Exists(p)))
            readOnly.Add(path);
        foreach (var path in roots.SelectMany(r => SandboxPolicy.ProtectedNames.Select(n => Path.Combine(r, n))))
        {
            var entry = new FileInfo(path);
            if (entry.LinkTarget is not null)
                return (null, $"{path} is a symbolic link, and a link cannot be protected from commands. Replace it by what it points to, or use -s read-only.");
            if (!entry.Exists && !Directory.Exists(path))
                missing.Add(path);
            else
                readOnly.Add(path);
            if (Path.GetFileName(path) == ".git" && Directory.Exists(path))
                readOnly.UnionWith(GitSubmodules.Marks(path).Where(m => IsInside(m, roots)));
            if (!entry.Exists || Path.GetFileName(path) != ".git")
                continue;
            foreach (var target in GitDirectories(path))
            {
                if (!IsInside(target, roots))
                    continue;
                if (LibC.RealPath(target) != target)
                    return (null, $"{path} names {target}, which is missing or leads elsewhere, so commands could put their own there. Repair it (git worktree repair), or use -s read-only.");
                readOnly.Add(target);
            }
        }

        return (new WritableArea(roots.ToImmutable(), [.. readOnly], missing.ToImmutable()), null);
    }

    /// <summary>What has to be mounted where it is, outer ones first: a mount hides what was mounted below its path before.</summary>
    public IEnumerable<(string Path, bool IsWritable)> Mounts() =>
        Roots.Concat(Ancestors()).Select(p => (Path: p, IsWritable: true))
            .Concat(ReadOnly.Concat(Missing).Except(Roots, StringComparer.Ordinal).Select(p => (Path: p, IsWritable: false)))
            .OrderBy(m => m.Path.Count(c => c == '/'))
            .ThenBy(m => m.Path, StringComparer.Ordinal);

    /// <summary>
    /// Directories inside a root on the way to something that must stay where it is. Renaming one of them would move the
    /// protected thing away and free its path.
    /// </summary>
    public IEnumerable<string> Ancestors() =>
        ReadOnly.Concat(Missing).Concat(Roots)
            .SelectMany(Parents)
            .Where(p => IsInside(p, Roots))
            .Except(Roots, StringComparer.Ordinal)
            .Except(ReadOnly, StringComparer.Ordinal)
            .Distinct(StringComparer.Ordinal);

    private static string? Fault(string root)
    {
        if (root == "/")
            return "The whole file system cannot be a writable root. Work in a directory (-C DIR), or use -s danger-full-access.";
        if (NeverWritable.Any(n => root == n || root.StartsWith(n + "/", StringComparison.Ordinal)))
            return $"{root} belongs to the system and cannot be a writable root.";
        return LibC.RealPath(root) is { } real && real != root
            ? $"The writable root {root} is no longer the directory it was: it leads to {real} now. Commands are refused until it is put back."
            : null;
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var parent = Path.GetDirectoryName(path); parent is not null; parent = Path.GetDirectoryName(parent))
            yield return parent;
    }

    private static bool IsInside(string path, IEnumerable<string> roots) =>
        roots.Any(r => path.StartsWith(r + "/", StringComparison.Ordinal));

    /// <summary>What a <c>.git</c> file names, as worktrees and submodules have it: gitdir, and what that shares with others.</summary>
    private static IEnumerable<string> GitDirectories(string file)
    {
        const string Label = "gitdir:";
        var line = FirstLine(file);
        if (line?.StartsWith(Label, StringComparison.Ordinal) != true)
            yield break;
        var directory = Path.GetFullPath(line[Label.Length..].Trim(), Path.GetDirectoryName(file)!);
        directory = LibC.RealPath(directory) ?? directory;
        yield return directory;
        if (FirstLine(Path.Combine(directory, "commondir")) is { Length: > 0 } shared)
            yield return LibC.RealPath(Path.GetFullPath(shared, directory)) ?? Path.GetFullPath(shared, directory);
    }

    private static string? FirstLine(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadLines(file).FirstOrDefault()?.Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
