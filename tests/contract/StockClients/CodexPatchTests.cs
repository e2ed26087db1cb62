using System.Text.Json;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.StockClients;

/// <summary><c>apply_patch</c> as the custom tool that the gateway's catalogue switches on.</summary>
public sealed class CodexPatchTests(NodePackages packages) : IClassFixture<NodePackages>
{
    [SkippableTheory]
    [InlineData("0.169.0", true)]
    [InlineData("0.169.0", false)]
    [InlineData("0.131.0", false)]
    [InlineData("0.128.0", false)]
    public async Task With_the_catalogue_a_patch_is_a_custom_tool_that_the_backend_sees_as_a_function(string version, bool fetched)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        var patch = Answers.AddFile("patched.txt", "a \"quoted\" line with \\ and ü");
        stage.Answering(Answers.Calls(Answers.Patch("call_patch", patch)), Answers.Text("Patched."));
        var run = await stage.WithCatalogAsync(stage.Run(version), fetched);

        var outcome = (await stage.PlayAsync(run)).ShouldSucceed();

        outcome.ShouldLeaveOneFile("patched.txt", "a \"quoted\" line with \\ and ü\n");
        outcome.Items("file_change").Count.ShouldBe(1, outcome.Report());
        var (first, second) = (stage.Asked[0], stage.Asked[1]);
        first.Tools["apply_patch"].GetProperty("parameters").GetProperty("properties").GetProperty("input").GetProperty("type").GetString().ShouldBe("string");
        var replayed = second.Last("assistant").GetProperty("tool_calls")[0].GetProperty("function");
        JsonElement.Parse(replayed.GetProperty("arguments").GetString()!).GetProperty("input").GetString().ShouldBe(patch);
        ChatAsked.Text(second.Last("tool")).ShouldContain("Success");
        first.Request.Headers.Keys.ShouldNotContain("Authorization");
    }

    [SkippableFact]
    public async Task A_patch_cut_by_length_creates_nothing_and_Codex_says_why()
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(CutByLength);
        var run = await stage.WithCatalogAsync(stage.Run("0.169.0"), fetched: true);

        var outcome = (await stage.PlayAsync(run)).ShouldFail();

        outcome.Files.ShouldBeEmpty(outcome.Report());
        outcome.Failure.ShouldNotBeNull().ShouldContain("max_output_tokens");
        stage.Asked.Count.ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData("0.131.0")]
    [InlineData("0.128.0")]
    public async Task Older_releases_ask_again_after_a_patch_cut_by_length_and_create_nothing_of_it(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(CutByLength, Answers.Text("Shorter."));
        var run = await stage.WithCatalogAsync(stage.Run(version), fetched: false);

        var outcome = (await stage.PlayAsync(run)).ShouldSucceed();

        outcome.Files.ShouldBeEmpty(outcome.Report());
        outcome.Messages.ShouldBe(["Shorter."], outcome.Report());
        stage.Asked[1].Roles.ShouldBe(stage.Asked[0].Roles);
    }

    /// <summary>The part that arrived is a patch that could be applied, but for its end.</summary>
    private static ChatScript CutByLength { get; } = new ChatStreamBuilder()
        .Role()
        .ToolCalls(new ToolCallFragment(0, "call_patch", "apply_patch", ""))
        .ToolCalls(new ToolCallFragment(0, Arguments: """{"input":"*** Begin Patch\n*** Add File: cut.txt\n+half"""))
        .Finish("length")
        .Done()
        .ToScript();
}
