namespace Codex.Contract.Tests.Providers;

/// <summary>The folder that holds the solution, found from where the tests run.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("Codex.sln is in no folder above the tests."),
        _ when File.Exists(System.IO.Path.Combine(folder.FullName, "Codex.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
