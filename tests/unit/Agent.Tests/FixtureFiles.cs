namespace Codex.Agent.Tests;

/// <summary>Directories of plain files under <c>fixtures/</c>.</summary>
internal static class FixtureFiles
{
    /// <summary>Directories of one area, as rows of a theory.</summary>
    public static TheoryData<string> Names(string area) =>
        [.. Directory.EnumerateDirectories(Path.Combine(RepositoryRoot.Path, "fixtures", area)).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    public static string Find(string area, string name, string file) => Path.Combine(RepositoryRoot.Path, "fixtures", area, name, file);

    /// <summary>Compares with the file, or writes it.</summary>
    public static void ShouldBeIn(string actual, string file)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            File.WriteAllText(file, actual);
        actual.ShouldBe(File.ReadAllText(file));
    }
}
