using Codex.Agent.Approvals;
using Codex.Agent.Events;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Tests.Tools;

public sealed class ShellToolTests
{
    [SkippableTheory]
    [InlineData("""{"command":"echo hi; echo bad >&2; exit 3"}""", "Exit code: 3\nWall time: TIME seconds\nOutput:\nhi\nbad\n")]
    [InlineData("""{"command":["echo","a b"]}""", "Exit code: 0\nWall time: TIME seconds\nOutput:\na b\n")]
    [InlineData("""{"command":"pwd","workdir":"sub"}""", "Exit code: 0\nWall time: TIME seconds\nOutput:\nDIR/sub\n")]
    [InlineData("""{"command":"pwd","workdir":"none"}""", "The directory DIR/none does not exist.")]
    [InlineData("""{"command":"nothing-of-that-name"}""", "Exit code: 127\nWall time: TIME seconds\nOutput:\n/bin/bash: line 1: nothing-of-that-name: command not found\n")]
    [InlineData("""{"command":"echo before; sleep 60","timeout_ms":300}""", "Exit code: 124\nWall time: TIME seconds\nOutput:\ncommand timed out after 300 milliseconds\nbefore\n")]
    [InlineData("""{"command":"echo $CODEX_THREAD_ID $CODEX_TOOL_CALL_ID $CODEX_THREAD_ID"}""", "Exit code: 0\nWall time: TIME seconds\nOutput:\nthread call_1 thread\n")]
    [InlineData("""{"command":""}""", "shell needs a command.")]
    public async Task A_script_runs_to_its_end(string arguments, string expected)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        using var bench = new CommandBench(new ToolBench());
        bench.Bench.Write("sub/file", "");

        (await bench.TextAsync(bench.Shell, arguments)).ShouldBe(expected);
    }

    [SkippableFact]
    public async Task What_happens_is_told_while_it_happens()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        using var bench = new CommandBench(new ToolBench());

        await bench.TextAsync(bench.Shell, """{"command":"echo one; exit 4"}""");

        bench.Told().ShouldBe(["item_0 started: /bin/bash -c 'echo one; exit 4'", "item_0 Failed 4: one\n"]);
        string.Concat(bench.Bench.Events.OfType<AgentEvent.OutputDelta>().Select(d => d.Text)).ShouldBe("one\n");
    }

    [SkippableFact]
    public async Task A_long_output_is_cut_in_the_middle_and_kept_whole_in_a_private_file()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        using var bench = new CommandBench(new ToolBench { OutputLimit = 20 });

        var text = await bench.TextAsync(bench.Shell, """{"command":"seq 1 100"}""");

        var saved = Path.Combine(bench.Bench.OutputDirectory, "call_1.txt");
        var seq = string.Concat(Enumerable.Range(1, 100).Select(n => $"{n}\n"));
        text.ShouldBe($"""
            Exit code: 0
            Wall time: TIME seconds
            Output:
            Warning: truncated output (original token count: 73)
            Total output lines: 100
            Whole output: {saved}

            {seq[..40]}…53 tokens truncated…{seq[^40..]}
            """);
        (await File.ReadAllTextAsync(saved)).ShouldBe(seq);
        if (OperatingSystem.IsWindows())
            return;
        File.GetUnixFileMode(saved).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(bench.Bench.OutputDirectory).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await bench.TextAsync(bench.Shell, """{"command":"seq 1 90"}""");
        File.Exists(Path.Combine(bench.Bench.OutputDirectory, "call_1-2.txt")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"command":"rm -rf x"}""", "`/bin/bash -c 'rm -rf x'` rejected: rm -f style commands are not permitted. Use a safer approach")]
    [InlineData("""{"command":"trash x"}""", "`/bin/bash -c 'trash x'` rejected: use mv")]
    [InlineData("""{"command":"git push"}""", "approval required by policy, but AskForApproval is set to Never")]
    public async Task What_is_refused_neither_runs_nor_shows_as_an_item(string arguments, string expected)
    {
        using var bench = new CommandBench(new ToolBench(), """
            prefix_rule(pattern=["trash"], decision="forbidden", justification="use mv")
            prefix_rule(pattern=["git", "push"], decision="prompt")
            """);

        var result = await bench.Bench.CallAsync(bench.Shell, arguments);

        bench.Bench.Text(result).ShouldBe(expected);
        result.IsSuccess.ShouldBeFalse();
        bench.Bench.Events.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(ApprovalAnswer.Once, 2, "")]
    [InlineData(ApprovalAnswer.ForSession, 1, "")]
    [InlineData(ApprovalAnswer.Always, 1, "prefix_rule(pattern=[\"touch\", \"made\"], decision=\"allow\")\n")]
    [InlineData(ApprovalAnswer.Declined, 2, "")]
    public async Task The_user_is_asked_as_often_as_the_answer_leaves_open(ApprovalAnswer answer, int questions, string rules)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        var asked = new List<ApprovalRequest>();
        using var bench = new CommandBench(new ToolBench
        {
            Policy = ApprovalPolicy.OnRequest,
            Sandbox = SandboxPolicy.ReadOnly,
            Ask = (request, _) =>
            {
                asked.Add(request);
                return Task.FromResult(answer);
            },
        });
        const string Escalated = """{"command":"touch made","sandbox_permissions":"require_escalated","justification":"May I?"}""";

        var text = await bench.TextAsync(bench.Shell, Escalated);
        await bench.TextAsync(bench.Shell, Escalated);

        asked.Count.ShouldBe(questions);
        var request = asked[0].ShouldBeOfType<ApprovalRequest.Command>();
        request.Reason.ShouldBe("May I?");
        request.Prefix.ShouldBe(["touch", "made"]);
        File.Exists(Path.Combine(bench.Bench.Directory, "made")).ShouldBe(answer != ApprovalAnswer.Declined);
        if (answer == ApprovalAnswer.Declined)
            text.ShouldBe("rejected by user");
        (File.Exists(bench.RulesFile) ? await File.ReadAllTextAsync(bench.RulesFile) : "").ShouldBe(rules);
    }

    [SkippableFact]
    public async Task The_sandbox_holds_and_is_named_where_it_stops_a_command()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/bwrap"), "skipped, because bubblewrap is not here");
        using var bench = new CommandBench(new ToolBench { Sandbox = SandboxPolicy.ReadOnly });

        var text = await bench.TextAsync(bench.Shell, """{"command":"touch made"}""");

        Skip.If(text.StartsWith("No sandbox works", StringComparison.Ordinal), "skipped, because no sandbox works here");
        text.ShouldContain("Read-only file system");
        text.ShouldEndWith("[notice] The sandbox may have stopped this, and nobody can allow more. Do it another way, or say that it cannot be done.");
        File.Exists(Path.Combine(bench.Bench.Directory, "made")).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task An_interrupted_command_is_killed_and_told_as_failed()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        using var bench = new CommandBench(new ToolBench());
        using var interrupt = new CancellationTokenSource();
        var run = bench.Bench.CallAsync(bench.Shell, """{"command":"echo started; sleep 300"}""", cancellation: interrupt.Token);
        while (!bench.Bench.Events.OfType<AgentEvent.OutputDelta>().Any())
            await Task.Delay(20);

        await interrupt.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(run);
        bench.Told().Last().ShouldBe("item_0 Failed -1: started\naborted by user");
    }

    [Theory]
    [InlineData("apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: new.txt\n+hello\n*** End Patch\nEOF", "new.txt")]
    [InlineData("cd sub && apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: new.txt\n+hello\n*** End Patch\nEOF", "sub/new.txt")]
    [InlineData("*** Begin Patch\n*** Add File: new.txt\n+hello\n*** End Patch", "new.txt")]
    public async Task A_patch_in_place_of_a_script_is_applied_as_one(string script, string file)
    {
        using var bench = new CommandBench(new ToolBench());
        bench.Bench.Write("sub/file", "");

        var text = await bench.TextAsync(bench.Shell, $$"""{"command":{{System.Text.Json.JsonSerializer.Serialize(script)}}}""");

        text.ShouldContain("Success. Updated the following files:\nA new.txt\n");
        (await File.ReadAllTextAsync(Path.Combine(bench.Bench.Directory, file))).ShouldBe("hello\n");
        bench.Told().ShouldBe(["item_0 Completed: 1 files"]);
    }

    [Theory]
    [InlineData("cat a && git status", true)]
    [InlineData("make", false)]
    public void Only_readers_run_beside_each_other(string script, bool expected)
    {
        using var bench = new CommandBench(new ToolBench());
        using var arguments = System.Text.Json.JsonDocument.Parse($$"""{"command":"{{script}}"}""");

        bench.Shell.IsParallelSafe(arguments.RootElement).ShouldBe(expected);
    }
}
