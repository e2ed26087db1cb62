namespace Codex.Architecture.Tests;

/// <summary>The checkout these tests belong to.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Every C# file below these folders, with forward slashes and relative to the root; built files left out.</summary>
    public static IEnumerable<string> SourceFiles(params string[] folders) =>
        folders.Select(f => Path.Combine(Root, f))
            .Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.cs", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)
                && !f.Contains("/bin/", StringComparison.Ordinal)
                && !f.Contains("/node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Codex.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No Codex.sln above {AppContext.BaseDirectory}.");
    }
}
