using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.StockClients;

/// <summary>Text and tools: what the model calls really happens, and the model hears of it as its backend expects.</summary>
public sealed class CodexToolTests(NodePackages packages) : IClassFixture<NodePackages>
{
    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task Text_arrives(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(Answers.Text("Hello from the backend, in a few pieces."));

        var outcome = (await stage.PlayAsync(stage.Run(version, "Say hello."))).ShouldSucceed();

        outcome.Messages.ShouldBe(["Hello from the backend, in a few pieces."], outcome.Report());
        var asked = stage.Asked.ShouldHaveSingleItem();
        asked.Roles[0].ShouldBe("system");
        ChatAsked.Text(asked.Last("user")).ShouldBe("Say hello.");
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_shell_call_creates_a_file_and_its_output_goes_back(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(
            Answers.Calls(Answers.Shell("call_make", "printf made > made.txt && echo the shell spoke")),
            Answers.Text("There it is."));

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldSucceed();

        outcome.ShouldLeaveOneFile("made.txt", "made");
        outcome.Messages.ShouldBe(["There it is."], outcome.Report());
        var (first, second) = (stage.Asked[0], stage.Asked[1]);
        second.Roles.ToArray()[^2..].ShouldBe(["assistant", "tool"]);
        second.Last("tool").GetProperty("tool_call_id").GetString().ShouldBe("call_make");
        ChatAsked.Text(second.Last("tool")).ShouldContain("the shell spoke");
        // A backend's prefix cache stays warm only if nothing before the new messages has changed.
        second.Messages.Take(first.Messages.Count).Select(m => m.GetRawText()).ShouldBe(first.Messages.Select(m => m.GetRawText()));
        second.Json.GetProperty("tools").GetRawText().ShouldBe(first.Json.GetProperty("tools").GetRawText());
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task Two_parallel_calls_both_run_and_go_back_as_one_message_with_both_outputs_behind_it(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(
            Answers.Calls(Answers.Shell("call_1", "echo one | tee one.txt"), Answers.Shell("call_2", "echo two | tee two.txt")),
            Answers.Text("Both done."));

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldSucceed();

        outcome.Files.Keys.ShouldBe(["one.txt", "two.txt"], outcome.Report());
        var second = stage.Asked[1];
        second.Roles.ToArray()[^3..].ShouldBe(["assistant", "tool", "tool"]);
        second.Last("assistant").GetProperty("tool_calls").EnumerateArray().Select(c => c.GetProperty("id").GetString()).ShouldBe(["call_1", "call_2"]);
        var outputs = second.Messages.TakeLast(2).ToArray();
        outputs.Select(o => o.GetProperty("tool_call_id").GetString()).ShouldBe(["call_1", "call_2"]);
        ChatAsked.Text(outputs[0]).ShouldContain("one");
        ChatAsked.Text(outputs[1]).ShouldContain("two");
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task Without_a_catalogue_a_patch_travels_as_a_heredoc(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(
            Answers.Calls(Answers.Shell("call_1", $"apply_patch <<'EOF'\n{Answers.AddFile("patched.txt", "by heredoc")}EOF\n")),
            Answers.Text("Patched."));

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldSucceed();

        outcome.ShouldLeaveOneFile("patched.txt", "by heredoc\n");
        stage.Asked[0].Tools.Keys.ShouldNotContain("apply_patch");
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task Tools_of_an_MCP_server_run_and_their_picture_reaches_the_model(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Upstream.Answer = request => new ChatAsked(request) is var asked && asked.Roles.Contains("tool")
            ? Answers.Text("Seen.")
            : Answers.Calls(
                new ScriptedToolCall("call_add", asked.ToolEndingWith("add"), """{"a":2,"b":3}"""),
                new ScriptedToolCall("call_picture", asked.ToolEndingWith("picture"), "{}"));

        var outcome = (await stage.PlayAsync(stage.Run(version) with { WithTinyMcpServer = true })).ShouldSucceed();

        outcome.Messages.ShouldBe(["Seen."], outcome.Report());
        outcome.Items("mcp_tool_call").Count.ShouldBe(2, outcome.Report());
        var second = stage.Asked[1];
        second.Roles.ToArray()[^4..].ShouldBe(["assistant", "tool", "tool", "user"]);
        ChatAsked.Text(second.Messages[^3]).ShouldContain("5");
        ChatAsked.Images(second.Messages[^1]).ShouldHaveSingleItem().ShouldStartWith("data:image/png;base64,");
    }

    /// <summary>A tool inside a namespace must come back with it, else Codex does not know it.</summary>
    [SkippableFact]
    public async Task A_tool_of_a_namespace_of_Codex_own_is_known_when_it_comes_back()
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Upstream.Answer = request => new ChatAsked(request) is var asked && asked.Roles.Contains("tool")
            ? Answers.Text("No such agent.")
            : Answers.Calls(new ScriptedToolCall("call_1", asked.ToolEndingWith("close_agent"), """{"target":"nobody"}"""));

        var outcome = (await stage.PlayAsync(stage.Run("0.169.0"))).ShouldSucceed();

        outcome.Messages.ShouldBe(["No such agent."], outcome.Report());
        ChatAsked.Text(stage.Asked[1].Last("tool")).ShouldNotContain("unsupported call");
    }

    [SkippableTheory]
    [InlineData("vllm")]
    [InlineData("llamacpp")]
    public async Task A_call_leaked_as_text_runs_where_models_are_known_to_leak(string dialect)
    {
        await using var stage = await CodexStage.StartAsync(packages, dialect);
        stage.Answering(Leaked, Answers.Text("Done."));

        var outcome = (await stage.PlayAsync(stage.Run("0.169.0"))).ShouldSucceed();

        outcome.ShouldLeaveOneFile("leaked.txt", "leaked");
        outcome.Messages.ShouldBe(["Done."], outcome.Report());
    }

    [SkippableFact]
    public async Task The_same_text_stays_text_where_they_are_not()
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(Leaked);

        var outcome = (await stage.PlayAsync(stage.Run("0.169.0"))).ShouldSucceed();

        outcome.Files.ShouldBeEmpty(outcome.Report());
        outcome.Messages.Single().ShouldContain("<tool_call>");
    }

    private static ChatScript Leaked { get; } = Answers.Text(
        """
        <tool_call>
        {"name": "exec_command", "arguments": {"cmd": "printf leaked > leaked.txt"}}
        </tool_call>
        """);
}
