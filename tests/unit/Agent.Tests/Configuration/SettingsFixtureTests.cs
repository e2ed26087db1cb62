namespace Codex.Agent.Tests.Configuration;

/// <summary>Every directory of fixtures/agent-settings; <c>UPDATE_FIXTURES=1</c> writes what the code gives.</summary>
public sealed class SettingsFixtureTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "fixtures", "agent-settings");

    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(Folder).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Settings_resolve_as_written(string name)
    {
        using var given = new SettingsCase(Path.Combine(Folder, name));
        var text = given.Run();

        var expected = Path.Combine(Folder, name, "expected.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            File.WriteAllText(expected, text);
        text.ShouldBe(File.ReadAllText(expected));
    }

    /// <summary>Made-up keys of the fixtures all hold this mark.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void No_message_shows_a_key(string name)
    {
        using var given = new SettingsCase(Path.Combine(Folder, name));

        given.Run().Split('\n')
            .SkipWhile(l => !l.StartsWith("warning", StringComparison.Ordinal) && !l.StartsWith("refused", StringComparison.Ordinal))
            .ShouldNotContain(l => l.Contains("made-up", StringComparison.Ordinal));
    }
}
