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
        await using var script = new ScreenScript(steps);
        FixtureFiles.ShouldBeIn(await script.RunAsync(), FixtureFiles.Find(Area, name, "screens.txt"));
    }
}
