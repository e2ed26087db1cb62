namespace Codex.Translation.Tests.Fixtures;

/// <summary>Finds the fixtures, which lie beside the sources.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string Fixture(params string[] parts) => Path.Combine([Root, "fixtures", .. parts]);

    public static TheoryData<string> FixtureNames(string area)
    {
        var names = new TheoryData<string>();
        foreach (var folder in Directory.EnumerateDirectories(Fixture(area)).Order(StringComparer.Ordinal))
            names.Add(Path.GetFileName(folder));
        return names;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Codex.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder;
    }
}
