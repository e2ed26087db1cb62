namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>Our agent with models that do everything wrong: the task is done, or the agent stops and says why.</summary>
public sealed class WeakModelTests(OurScores scores) : IClassFixture<OurScores>
{
    public static TheoryData<string> Cases => WeakCase.Names;

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task The_task_is_done_or_the_agent_stops_and_says_why(string name)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because the commands of the cases are those of Linux");
        var played = WeakCase.Read(name);

        var (ending, report) = await WeakModelStage.PlayAsync(played, stock: null);

        scores.Note(played, ending);
        ending.Kind.ShouldBe(played.IsDone ? EndingKind.Done : EndingKind.Stopped, report);
        ending.Words.ShouldContain(played.Words, customMessage: report);
    }
}
