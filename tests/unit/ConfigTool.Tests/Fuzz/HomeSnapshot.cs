using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Codex.ConfigTool.Tests.Fuzz;

/// <summary>Everything in a home but the tool's own state: names, bytes, rights and where links lead.</summary>
[UnsupportedOSPlatform("windows")]
internal static class HomeSnapshot
{
    public static string Of(ToolRun tool) => string.Join('\n', Directory
        .EnumerateFileSystemEntries(tool.Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .Where(path => !path.StartsWith(tool.StatePath, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(Describe));

    private static string Describe(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is { } target)
            return $"{path} -> {target}";
        return Directory.Exists(path) ? $"{path}/" : $"{path} {file.UnixFileMode} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}";
    }
}
