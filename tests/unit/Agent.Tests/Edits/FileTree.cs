using System.Text;

namespace Codex.Agent.Tests.Edits;

/// <summary>A directory of plain files, as text to compare whole.</summary>
internal static class FileTree
{
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        if (!Directory.Exists(from))
            return;
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link)
                File.CreateSymbolicLink(target, link);
            else if (entry is DirectoryInfo)
                Copy(entry.FullName, target);
            else
                File.WriteAllBytes(target, File.ReadAllBytes(entry.FullName));
        }
    }

    /// <summary>Every file with its bytes, one per line, in the order of names; directories only as parts of names.</summary>
    public static string Read(string directory) => !Directory.Exists(directory)
        ? ""
        : string.Join('\n', Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(f => $"{Path.GetRelativePath(directory, f)}: {Encoding.Latin1.GetString(File.ReadAllBytes(f)).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}"));
}
