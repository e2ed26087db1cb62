using Codex.Agent.Edits;

namespace Codex.Agent.Tools.Files;

internal enum TreeEntryKind
{
    File,
    Directory,
    Link,

    /// <summary>A pipe, socket or device: never opened.</summary>
    Other,
}

/// <param name="Depth">1 for what lies in the directory itself.</param>
internal readonly record struct TreeEntry(string Path, TreeEntryKind Kind, int Depth);

/// <summary>Walks directories by name, parents before what is in them. Links are told and not followed; <c>.git</c>, ignored directories and the kernel's own are told and not entered.</summary>
internal static class FileTree
{
    /// <param name="skipsIgnored">Leave what is ignored out altogether.</param>
    public static IEnumerable<TreeEntry> Walk(string root, int depth, bool skipsIgnored = false) => Walk(root, IgnoreRules.Above(root), 1, depth, skipsIgnored);

    private static IEnumerable<TreeEntry> Walk(string directory, IgnoreRules ignored, int level, int depth, bool skipsIgnored)
    {
        var rules = ignored.With(directory);
        foreach (var info in Entries(directory))
        {
            var kind = KindOf(info);
            var isIgnored = info.Name == ".git" || KernelFiles.IsRoot(info.FullName) || rules.Ignores(info.FullName, kind == TreeEntryKind.Directory);
            if (isIgnored && skipsIgnored)
                continue;
            yield return new TreeEntry(info.FullName, kind, level);
            if (kind != TreeEntryKind.Directory || isIgnored || level >= depth)
                continue;
            foreach (var below in Walk(info.FullName, rules, level + 1, depth, skipsIgnored))
                yield return below;
        }
    }

    private static IEnumerable<FileSystemInfo> Entries(string directory)
    {
        try
        {
            return new DirectoryInfo(directory).EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal).ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or closed to us: nothing can be told of it.
            return [];
        }
    }

    private static TreeEntryKind KindOf(FileSystemInfo info) => info switch
    {
        { LinkTarget: not null } => TreeEntryKind.Link,
        DirectoryInfo => TreeEntryKind.Directory,
        _ => FileStatus.Of(info.FullName).IsRegular ? TreeEntryKind.File : TreeEntryKind.Other,
    };
}
