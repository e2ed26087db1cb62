using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.StockClients;

/// <summary>Sessions longer than one turn: resumed, compacted.</summary>
public sealed class CodexSessionTests(NodePackages packages) : IClassFixture<NodePackages>
{
    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_resumed_session_brings_its_history_along(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(
            Answers.Calls(Answers.Shell("call_1", "echo remembered")),
            Answers.Text("First answer."),
            Answers.Text("Second answer."));
        var run = stage.Run(version, "First question.");

        (await stage.PlayAsync(run)).ShouldSucceed();
        var resumed = (await stage.PlayAsync(run with { Prompt = "Second question.", Resume = true })).ShouldSucceed();

        resumed.Messages.ShouldBe(["Second answer."], resumed.Report());
        var last = stage.Asked[2];
        var talk = last.Messages.SkipWhile(message => ChatAsked.Text(message) != "First question.").ToArray();
        talk.Select(message => message.GetProperty("role").GetString()).Where(role => role is not "user" and not "system")
            .ShouldBe(["assistant", "tool", "assistant"]);
        talk[1].GetProperty("tool_calls")[0].GetProperty("id").GetString().ShouldBe("call_1");
        ChatAsked.Text(talk[2]).ShouldContain("remembered");
        ChatAsked.Text(talk[3]).ShouldBe("First answer.");
        ChatAsked.Text(last.Last("user")).ShouldBe("Second question.");
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_long_session_is_summed_up_without_tools_and_goes_on_with_the_summary(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(
            Answers.Calls(new ScriptedUsage(25_000, 20), Answers.Shell("call_1", "echo long story")),
            Answers.Text("SUMMARY OF THE WORK"),
            Answers.Text("Finished."));

        var outcome = (await stage.PlayAsync(stage.Run(version) with { Overrides = ["model_auto_compact_token_limit=20000"] })).ShouldSucceed();

        outcome.Messages[^1].ShouldBe("Finished.", outcome.Report());
        var (summing, next) = (stage.Asked[1], stage.Asked[2]);
        foreach (var field in new[] { "tools", "tool_choice", "parallel_tool_calls" })
            summing.Has(field).ShouldBeFalse(field);
        summing.Roles.ShouldContain("tool");
        next.Tools.ShouldNotBeEmpty();
        next.Roles.ShouldNotContain("tool");
        next.Messages.ShouldContain(message => ChatAsked.Text(message).Contains("SUMMARY OF THE WORK"));
    }

    [SkippableFact]
    public async Task Compaction_fires_at_the_window_of_the_catalogue()
    {
        await using var stage = await CodexStage.StartAsync(packages, contextWindow: 8192);
        stage.Answering(
            // 90 % of the window are 7372 tokens.
            Answers.Calls(new ScriptedUsage(7_200, 20), Answers.Shell("call_1", "echo below")),
            Answers.Calls(new ScriptedUsage(7_400, 20), Answers.Shell("call_2", "echo above")),
            Answers.Text("SUMMARY"),
            Answers.Text("Finished."));
        var run = await stage.WithCatalogAsync(stage.Run("0.169.0"), fetched: true);

        var outcome = (await stage.PlayAsync(run)).ShouldSucceed();

        outcome.Messages[^1].ShouldBe("Finished.", outcome.Report());
        stage.Asked.Select(asked => asked.Has("tools")).ShouldBe([true, true, false, true]);
    }
}
