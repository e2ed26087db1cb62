using Codex.Agent.Approvals;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Tests.Tools;

/// <summary>The texts are those the real Codex 0.169.0 gives for the same calls.</summary>
public sealed class ExecCommandToolTests
{
    private const string Head = "Chunk ID: ID\nWall time: TIME seconds\n";

    [SkippableTheory]
    [InlineData("""{"cmd":"pwd; seq 3","workdir":"sub"}""", Head + "Process exited with code 0\nOriginal token count: COUNT\nOutput:\nDIR/sub\n1\n2\n3\n")]
    [InlineData("""{"cmd":"exit 3"}""", Head + "Process exited with code 3\nOriginal token count: 0\nOutput:\n")]
    [InlineData("""{"cmd":"kill -9 $$"}""", Head + "Process exited with code 137\nOriginal token count: 0\nOutput:\n")]
    [InlineData("""{"cmd":"sleep 60","yield_time_ms":250}""", Head + "Process running with session ID SESSION\nOriginal token count: 0\nOutput:\n")]
    [InlineData("""{"cmd":"seq 1 100","max_output_tokens":0}""", Head + "Process exited with code 0\nOriginal token count: 73\nOutput:\nWarning: truncated output (original token count: 73)\nTotal output lines: 100\nWhole output: OUT/call_1.txt\n\n…73 tokens truncated…")]
    [InlineData("""{"cmd":"printf 'äöü%.0s' $(seq 1 50)","max_output_tokens":20}""", Head + "Process exited with code 0\nOriginal token count: 75\nOutput:\nWarning: truncated output (original token count: 75)\nTotal output lines: 1\nWhole output: OUT/call_1.txt\n\näöüäöüäöüäöüäöüäöüäö…55 tokens truncated…öüäöüäöüäöüäöüäöüäöü")]
    [InlineData("""{"cmd":"pwd","workdir":"none"}""", """exec_command failed: CreateProcess { message: "Rejected(\"The directory DIR/none does not exist.\")" }""")]
    public async Task A_script_is_started_and_looked_at(string arguments, string expected)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        using var bench = new CommandBench(new ToolBench());
        bench.Bench.Write("sub/file", "");

        var text = await bench.TextAsync(bench.Exec, arguments);

        var tokens = (bench.Bench.Directory.Length + "/sub\n1\n2\n3\n".Length + 3) / 4;
        text.Replace(bench.Bench.OutputDirectory, "OUT", StringComparison.Ordinal)
            .ShouldBe(expected.Replace("COUNT", tokens.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"cmd":"trash x"}""", """exec_command failed: CreateProcess { message: "Rejected(\"`/bin/bash -c 'trash x'` rejected: use \\\"mv\\\"\")" }""")]
    [InlineData("""{"cmd":"rm -f \"a b\"; ls"}""", """exec_command failed: CreateProcess { message: "Rejected(\"`/bin/bash -c 'rm -f \\\"a b\\\"; ls'` rejected: rm -f style commands are not permitted. Use a safer approach\")" }""")]
    [InlineData("""{"cmd":"trash\nls"}""", """exec_command failed: CreateProcess { message: "Rejected(\"`/bin/bash -c 'trash\\nls'` rejected: use \\\"mv\\\"\")" }""")]
    [InlineData("""{"cmd":"ls","sandbox_permissions":"require_escalated"}""", "approval policy is Never; reject command — you cannot ask for escalated permissions if the approval policy is Never")]
    public async Task A_refusal_has_Codexs_words_and_no_item(string arguments, string expected)
    {
        using var bench = new CommandBench(
            new ToolBench { Sandbox = SandboxPolicy.ReadOnly }, """prefix_rule(pattern=["trash"], decision="forbidden", justification="use \"mv\"")""");

        (await bench.TextAsync(bench.Exec, arguments)).ShouldBe(expected);
        bench.Bench.Events.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_command_with_a_terminal_takes_what_is_typed()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        using var bench = new CommandBench(new ToolBench());
        var first = await bench.Bench.TextAsync(bench.Exec, """{"cmd":"echo ready; read x; echo \"got <$x>\"; exit 5","tty":true,"yield_time_ms":300}""");
        var id = CommandBench.SessionId(first);

        var text = first;
        for (var look = 0; look < 20 && !text.Contains("got <yes>", StringComparison.Ordinal); look++)
            text += await bench.Bench.TextAsync(bench.Write, look == 0 ? $$"""{"session_id":{{id}},"chars":"yes\n","yield_time_ms":2000}""" : $$"""{"session_id":{{id}}}""");

        text.ShouldContain("Process exited with code 5");
        bench.Told().First().ShouldStartWith("item_0 started: ");
        bench.Told().Last().ShouldStartWith("item_0 Failed 5: ready");
        bench.Told().Last().ShouldContain("got <yes>");
        (await bench.TextAsync(bench.Write, $$"""{"session_id":{{id}}}""")).ShouldBe($"write_stdin failed: Unknown process id {id}");
    }

    [SkippableFact]
    public async Task A_command_without_a_terminal_can_only_be_looked_at()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        using var bench = new CommandBench(new ToolBench());
        var id = CommandBench.SessionId(await bench.Bench.TextAsync(bench.Exec, """{"cmd":"sleep 1; echo late","yield_time_ms":250}"""));

        (await bench.TextAsync(bench.Write, $$"""{"session_id":{{id}},"chars":"x"}""")).ShouldBe(
            "write_stdin failed: stdin is closed for this session; rerun exec_command with tty=true to keep stdin open");
        (await bench.TextAsync(bench.Write, $$"""{"session_id":{{id}}}""")).ShouldBe(Head + "Process exited with code 0\nOriginal token count: 2\nOutput:\nlate\n");
        bench.Told().ShouldBe(["item_0 started: /bin/bash -c 'sleep 1; echo late'", "item_0 Completed 0: late\n"]);
    }

    [SkippableFact]
    public async Task A_command_that_nobody_looks_at_again_is_told_when_it_ends()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        using var bench = new CommandBench(new ToolBench());
        var go = Path.Combine(bench.Bench.Directory, "go");
        await bench.Bench.TextAsync(bench.Exec, """{"cmd":"echo early; while [ ! -e go ]; do sleep 0.05; done; echo late; exit 4","yield_time_ms":250}""");
        bench.Told().Count().ShouldBe(1);

        await File.WriteAllTextAsync(go, "");
        for (var waited = 0; waited < 600 && bench.Told().Count() < 2; waited++)
            await Task.Delay(50);

        bench.Told().Last().ShouldBe("item_0 Failed 4: early\nlate\n");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Leaving_the_sandbox_is_offered_only_where_somebody_can_be_asked(bool canEscalate)
    {
        using var bench = new CommandBench(new ToolBench(), canEscalate: canEscalate);

        foreach (var spec in (Codex.Agent.Tools.ToolSpec[])[bench.Exec.Spec, bench.Shell.Spec])
        {
            spec.Parameters.GetProperty("properties").TryGetProperty("sandbox_permissions", out _).ShouldBe(canEscalate);
            (spec.Description + spec.Parameters.GetRawText()).Contains("escalat", StringComparison.Ordinal).ShouldBe(canEscalate);
        }
    }

    [SkippableFact]
    public async Task Control_C_interrupts_a_command_without_a_terminal_too()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        using var bench = new CommandBench(new ToolBench());
        var id = CommandBench.SessionId(await bench.Bench.TextAsync(bench.Exec, """{"cmd":"sleep 1000","yield_time_ms":250}"""));

        var text = await bench.TextAsync(bench.Write, $$"""{"session_id":{{id}},"chars":"\u0003","yield_time_ms":30000}""");

        text.ShouldBe(Head + "Process exited with code 130\nOriginal token count: 0\nOutput:\n");
    }

    [Fact]
    public async Task A_patch_comes_in_the_frame_of_a_command()
    {
        using var bench = new CommandBench(new ToolBench());

        var text = await bench.TextAsync(bench.Exec, """{"cmd":"apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: n.txt\n+x\n*** End Patch\nEOF"}""");

        text.ShouldBe(
            "Wall time: TIME seconds\nOutput:\nExit code: 0\nWall time: TIME seconds\nOutput:\nSuccess. Updated the following files:\nA n.txt\n");
    }

    [Fact]
    public async Task A_user_who_says_no_is_quoted()
    {
        using var bench = new CommandBench(new ToolBench { Policy = ApprovalPolicy.Untrusted, Ask = (_, _) => Task.FromResult(ApprovalAnswer.Abort) });

        (await bench.TextAsync(bench.Exec, """{"cmd":"make"}""")).ShouldBe("""exec_command failed: CreateProcess { message: "Rejected(\"rejected by user\")" }""");
    }

    [SkippableTheory]
    [InlineData("./evil")]
    [InlineData("DIR/evil")]
    [InlineData("DIR/bash")]
    [InlineData("python3")]
    [InlineData("env")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task No_program_but_a_shell_of_the_system_gets_the_script(string shell)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        using var bench = new CommandBench(new ToolBench { Sandbox = SandboxPolicy.ReadOnly }, """prefix_rule(pattern=["git", "status"], decision="allow")""");
        foreach (var name in new[] { "evil", "bash" })
            File.SetUnixFileMode(bench.Bench.Write(name, "#!/bin/sh\ntouch \"${0%/*}\"/ran\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        shell = shell.Replace("DIR", bench.Bench.Directory, StringComparison.Ordinal);

        (await bench.TextAsync(bench.Exec, $$"""{"cmd":"git status","shell":"{{shell}}"}""")).ShouldContain("shell must be one of bash, zsh, sh, dash, ksh, ash");

        File.Exists(Path.Combine(bench.Bench.Directory, "ran")).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task A_shell_of_the_system_may_be_named()
    {
        Skip.IfNot(File.Exists("/bin/sh"), "skipped, because there is no /bin/sh");
        using var bench = new CommandBench(new ToolBench());

        (await bench.TextAsync(bench.Exec, """{"cmd":"echo $0","shell":"sh","login":false}""")).ShouldEndWith("/bin/sh\n");
        (await bench.TextAsync(bench.Exec, """{"cmd":"echo $0","shell":"/usr/bin/sh","login":false}""")).ShouldEndWith("/bin/sh\n");
        (await bench.TextAsync(bench.Exec, """{"cmd":"echo a\u0000b"}""")).ShouldContain("NUL");
    }
}
