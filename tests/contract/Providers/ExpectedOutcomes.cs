namespace Codex.Contract.Tests.Providers;

/// <summary>
/// What a dialect cannot do, in <c>fixtures/provider</c>: one file a dialect, one line a case that does not pass.
/// UPDATE_FIXTURES=1 writes the files.
/// </summary>
internal static class ExpectedOutcomes
{
    public static void Verify(string dialect, string exceptions)
    {
        var file = Path.Combine(RepositoryRoot.Path, "fixtures", "provider", "001_what_a_backend_of_each_dialect_cannot_do", dialect + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, exceptions);
        }

        File.Exists(file).ShouldBeTrue($"{file} is missing; UPDATE_FIXTURES=1 writes it.");
        exceptions.ShouldBe(File.ReadAllText(file));
    }
}
