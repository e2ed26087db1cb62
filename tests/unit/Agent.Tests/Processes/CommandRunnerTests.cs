using Codex.Agent.Processes;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Tests.Processes;

public sealed class CommandRunnerTests
{
    public static TheoryData<string> Backends => Commands.Backends;

    [SkippableTheory]
    [MemberData(nameof(Backends))]
    public async Task A_command_tells_all_it_wrote_in_order_and_its_code(string backend)
    {
        var done = await RunAsync(backend, "echo one; echo two >&2; echo three; exit 3");

        done.Output.ShouldBe("one\ntwo\nthree\n");
        done.ExitCode.ShouldBe(3);
        done.TimedOut.ShouldBeFalse();
    }

    [SkippableTheory]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -15 $$", 143)]
    [InlineData("kill -6 $$", 134)]
    public async Task A_signal_is_a_code(string script, int code)
    {
        foreach (var backend in new[] { "none", "bubblewrap", "landlock" })
            (await RunAsync(backend, script)).ExitCode.ShouldBe(code, backend);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends))]
    public async Task There_is_nothing_to_read_no_terminal_and_signals_are_as_usual(string backend)
    {
        // SIGPIPE (bit 12) is ignored by .NET; a pipeline like `yes | head` would otherwise complain. Signals above 28 are
        // real-time ones, which whoever started the tests may ignore.
        var done = await RunAsync(backend, "cat; tty; sed -n 's/^Sig\\(Ign\\|Blk\\).*\\(.......\\)$/\\1 \\2/p' /proc/self/status; (: </dev/tty) 2>/dev/null || echo no terminal");

        done.Output.ShouldBe("not a tty\nBlk 0000000\nIgn 0000000\nno terminal\n");
    }

    [SkippableTheory]
    [MemberData(nameof(Backends))]
    public async Task Nothing_of_ours_is_left_open_to_it(string backend) =>
        (await RunAsync(backend, "ls /proc/self/fd")).Output.ShouldBe("0\n1\n2\n3\n", "3 is what ls reads");

    [SkippableTheory]
    [MemberData(nameof(Backends))]
    public async Task It_has_the_environment_it_was_given_and_no_other(string backend)
    {
        var choice = await Commands.ChooseAsync(backend);
        var request = Commands.Script("env", backend) with { Environment = Commands.Environment.Add("ONLY", "this") };

        var outcome = await new CommandRunner(TimeProvider.System, choice).RunAsync(request, default);

        outcome.ShouldBeOfType<CommandOutcome.Completed>().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split('=')[0]).Except(["PWD", "_", "SHLVL", "OLDPWD"]).Order().ShouldBe(["ONLY", "PATH"]);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends))]
    public async Task After_its_time_it_is_killed_with_all_it_started(string backend)
    {
        var choice = await Commands.ChooseAsync(backend);
        var marker = Marker();
        var request = Commands.Script($"echo begun; (sh -c 'while :; do sleep 1; done # {marker}') & sleep 600", backend)
            with
        { Timeout = TimeSpan.FromMilliseconds(500) };

        var outcome = await new CommandRunner(TimeProvider.System, choice).RunAsync(request, default);

        var done = outcome.ShouldBeOfType<CommandOutcome.Completed>();
        done.TimedOut.ShouldBeTrue();
        done.ExitCode.ShouldBe(124);
        done.Output.ShouldBe("begun\n");
        await Commands.ShouldVanishAsync(marker);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends))]
    public async Task Cancelled_it_is_killed_with_all_it_started(string backend)
    {
        var choice = await Commands.ChooseAsync(backend);
        var marker = Marker();
        using var cancellation = new CancellationTokenSource();
        var request = Commands.Script($"(sh -c 'while :; do sleep 1; done # {marker}') & echo begun; sleep 600", backend)
            with
        { OnOutput = _ => cancellation.Cancel() };

        await Should.ThrowAsync<OperationCanceledException>(() => new CommandRunner(TimeProvider.System, choice).RunAsync(request, cancellation.Token));

        await Commands.ShouldVanishAsync(marker);
    }

    [SkippableTheory]
    [InlineData("bubblewrap")]
    [InlineData("landlock")]
    public async Task What_it_leaves_in_a_sandbox_ends_with_it(string backend)
    {
        var marker = Marker();

        (await RunAsync(backend, $"(sh -c 'while :; do sleep 1; done # {marker}') & echo done")).Output.ShouldBe("done\n");

        await Commands.ShouldVanishAsync(marker);
    }

    [SkippableFact]
    public async Task What_holds_its_output_open_is_not_waited_for()
    {
        var done = await RunAsync("none", "sleep 600 & echo $!");

        done.ExitCode.ShouldBe(0);
        LibC.Kill(int.Parse(done.Output, System.Globalization.CultureInfo.InvariantCulture), LibC.SigKill);
    }

    [SkippableFact]
    public async Task Output_is_heard_while_it_comes_in_whole_characters()
    {
        await Commands.ChooseAsync("none");
        var heard = new List<string>();
        var request = Commands.Script("printf '\\342\\202'; sleep 0.2; printf '\\254uro'", "none") with { OnOutput = heard.Add };

        await new CommandRunner(TimeProvider.System).RunAsync(request, default);

        heard.ShouldBe(["€uro"]);
    }

    [SkippableFact]
    public async Task A_long_output_keeps_its_ends()
    {
        await Commands.ChooseAsync("none");
        var request = Commands.Script("seq 1 100000", "none") with { OutputLimit = 20 };

        var outcome = await new CommandRunner(TimeProvider.System).RunAsync(request, default);

        outcome.ShouldBeOfType<CommandOutcome.Completed>().Output.ShouldBe("1\n2\n3\n4\n5\n\n... 588875 bytes omitted ...\n99\n100000\n");
    }

    [SkippableFact]
    public async Task A_missing_program_or_directory_is_named()
    {
        var choice = await Commands.ChooseAsync("none");
        var runner = new CommandRunner(TimeProvider.System, choice);

        (await runner.RunAsync(Commands.Script("true", "none") with { Words = ["no-such-program", "x"] }, default))
            .ShouldBe(new CommandOutcome.NotStarted("no-such-program: command not found."));
        (await runner.RunAsync(Commands.Script("true", "none", "/no/such"), default))
            .ShouldBe(new CommandOutcome.NotStarted("The directory /no/such does not exist."));
    }

    [SkippableFact]
    public async Task Many_commands_run_at_once()
    {
        await Commands.ChooseAsync("none");
        var runner = new CommandRunner(TimeProvider.System);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => runner.RunAsync(Commands.Script($"echo {i}; exit {i}", "none"), default)));

        outcomes.Cast<CommandOutcome.Completed>().Select(o => (o.ExitCode, o.Output)).ShouldBe(Enumerable.Range(0, 40).Select(i => (i, $"{i}\n")));
    }

    [Theory]
    [InlineData(null, "/bin/bash")]
    [InlineData("/bin/sh", "/bin/sh")]
    [InlineData("/usr/bin/fish", "/bin/bash")]
    [InlineData("/no/such/bash", "/bin/bash")]
    public void Scripts_go_to_a_shell_that_understands_them(string? shell, string expected)
    {
        var variables = shell is null ? Commands.Environment : Commands.Environment.Add("SHELL", shell);

        var found = UserShell.Find(variables);

        if (!File.Exists(expected))
            expected = "/bin/sh";
        found.ShouldBe(expected);
        UserShell.Words(found, "ls", login: true).ShouldBe([found, "-lc", "ls"]);
        UserShell.Words(found, "ls", login: false).ShouldBe([found, "-c", "ls"]);
    }

    [Fact]
    public void The_environment_says_who_calls_and_whether_there_is_a_network()
    {
        var offline = CallEnvironment.For(Commands.Environment.Add("TERM", "xterm"), SandboxPolicy.ReadOnly, "t", "s", "c", "1.0");
        var online = CallEnvironment.For(offline, SandboxPolicy.FullAccess, "t", "s", "c", "1.0");

        offline["TERM"].ShouldBe("xterm", "what the user's policy sets is not overwritten");
        offline["CODEX_THREAD_ID"].ShouldBe("t");
        offline["CODEX_TOOL_CALL_ID"].ShouldBe("c");
        offline["CODEX_SANDBOX_NETWORK_DISABLED"].ShouldBe("1");
        online.ContainsKey("CODEX_SANDBOX_NETWORK_DISABLED").ShouldBeFalse();
    }

    private static async Task<CommandOutcome.Completed> RunAsync(string backend, string script)
    {
        var choice = await Commands.ChooseAsync(backend);
        var outcome = await new CommandRunner(TimeProvider.System, choice).RunAsync(Commands.Script(script, backend), default);
        return outcome.ShouldBeOfType<CommandOutcome.Completed>(outcome.ToString());
    }

    private static string Marker() => $"marker-{Guid.NewGuid():N}";
}
