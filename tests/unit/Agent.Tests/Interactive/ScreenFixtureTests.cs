namespace Codex.Agent.Tests.Interactive;

/// <summary><c>steps.txt</c> is a <see cref="ScreenScript"/>; <c>screens.txt</c> has what it recorded.</summary>
public sealed class ScreenFixtureTests
{
    private const string Area = "interactive";

    public static TheoryData<string> Cases => FixtureFiles.Names(Area);

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task A_terminal_shows_what_is_recorded(string name)
    {
        Skip.IfNot(Tmux.IsInstalled, "skipped, because tmux is not installed");
        var steps = (await File.ReadAllLinesAsync(FixtureFiles.Find(Area, name, "steps.txt"))).Where(s => s.Length > 0).ToList();
        var screens = FixtureFiles.Find(Area, name, "screens.txt");
        var isUpdate = Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1";
        await using var script = new ScreenScript(steps, isUpdate ? "" : await File.ReadAllTextAsync(screens));
        FixtureFiles.ShouldBeIn(await script.RunAsync(), screens);
    }
}
