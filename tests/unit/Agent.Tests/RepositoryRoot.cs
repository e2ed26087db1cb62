namespace Codex.Agent.Tests;

/// <summary>The checkout these tests belong to.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Codex.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No Codex.sln above {AppContext.BaseDirectory}.");
    }
}
