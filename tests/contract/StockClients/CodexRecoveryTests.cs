using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.StockClients;

/// <summary>A connection that breaks in mid-answer: Codex tries again, and nothing of the broken half remains.</summary>
public sealed class CodexRecoveryTests(NodePackages packages) : IClassFixture<NodePackages>
{
    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_cut_after_some_text_is_recovered(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(
            new ChatStreamBuilder().Role().Content("Half an ", "ans").Abort().ToScript(),
            Answers.Text("The whole answer."));

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldSucceed();

        outcome.Messages.ShouldBe(["The whole answer."], outcome.Report());
        outcome.Complaints.ShouldContain(complaint => complaint.Contains("scripted"), outcome.Report());
        ShouldBeAskedTwiceAlike(stage);
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_cut_within_a_call_never_runs_the_half_that_arrived(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(
            new ChatStreamBuilder()
                .Role()
                .ToolCalls(new ToolCallFragment(0, "call_half", "exec_command", ""))
                .ToolCalls(new ToolCallFragment(0, Arguments: """{"cmd":"touch half.txt"""))
                .Abort()
                .ToScript(),
            Answers.Text("Better not."));

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldSucceed();

        outcome.Files.ShouldBeEmpty(outcome.Report());
        outcome.Messages.ShouldBe(["Better not."], outcome.Report());
        ShouldBeAskedTwiceAlike(stage);
    }

    /// <summary>Nothing can follow a closed object; the side effect stays, so the model has to hear of it.</summary>
    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_call_that_was_whole_before_the_cut_runs_once_and_its_output_goes_along_with_the_retry(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(
            Answers.WithCalls(new ChatStreamBuilder().Role(), Answers.Shell("call_whole", "echo once | tee -a whole.txt")).Abort().ToScript(),
            Answers.Text("It was done already."));

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldSucceed();

        outcome.ShouldLeaveOneFile("whole.txt", "once\n");
        outcome.Messages.ShouldBe(["It was done already."], outcome.Report());
        stage.Asked.Count.ShouldBe(2);
        stage.Asked[1].Roles.ToArray()[^2..].ShouldBe(["assistant", "tool"]);
        ChatAsked.Text(stage.Asked[1].Last("tool")).ShouldContain("once");
    }

    private static void ShouldBeAskedTwiceAlike(CodexStage stage)
    {
        stage.Asked.Count.ShouldBe(2);
        stage.Asked[1].Request.BodyText.ShouldBe(stage.Asked[0].Request.BodyText);
    }
}
