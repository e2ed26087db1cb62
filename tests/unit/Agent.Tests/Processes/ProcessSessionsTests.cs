using Codex.Agent.Processes;

namespace Codex.Agent.Tests.Processes;

public sealed class ProcessSessionsTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Backends => Commands.Backends;

    [SkippableTheory]
    [MemberData(nameof(Backends))]
    public async Task A_command_that_goes_on_is_looked_at_again(string backend)
    {
        using var sessions = await SessionsAsync(backend);
        var directory = Directory.CreateTempSubdirectory("codex-agent-session-").FullName;

        var first = await sessions.StartAsync(
            Commands.Script("echo begun; until [ -e go ]; do sleep 0.05; done; echo ended; exit 4", backend, directory), terminal: false, TimeSpan.FromSeconds(1), default);
        var running = first.ShouldBeOfType<SessionOutcome.Running>();
        running.Id.ShouldBeInRange(1000, 99999);
        running.Output.ShouldBe("begun\n");
        sessions.Running.ShouldBe([running.Id]);
        File.WriteAllText(Path.Combine(directory, "go"), string.Empty);

        var exited = (await sessions.WriteAsync(running.Id, string.Empty, Long, default)).ShouldBeOfType<SessionOutcome.Exited>();
        exited.Output.ShouldBe("ended\n");
        exited.ExitCode.ShouldBe(4);
        (await sessions.WriteAsync(running.Id, string.Empty, Short, default)).ShouldBe(new SessionOutcome.UnknownSession(running.Id));
        Directory.Delete(directory, recursive: true);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends))]
    public async Task Into_a_terminal_can_be_typed(string backend)
    {
        using var sessions = await SessionsAsync(backend);
        var request = Commands.Script("stty size; [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && (: </dev/tty) && echo terminal; read -r line; echo \"heard $line\"; cat", backend);

        var first = await sessions.StartAsync(request, terminal: true, Short, default);
        var id = first.ShouldBeOfType<SessionOutcome.Running>().Id;
        var all = ((SessionOutcome.Running)first).Output;
        for (var left = 50; !all.Contains("terminal", StringComparison.Ordinal) && left > 0; left--)
            all += ((SessionOutcome.Running)await sessions.WriteAsync(id, string.Empty, Short, default)).Output;
        all.ShouldBe("24 80\r\nterminal\r\n");

        var second = (SessionOutcome.Running)await sessions.WriteAsync(id, "héllo\n", Short, default);
        second.Output.ShouldBe("héllo\r\nheard héllo\r\n");
        // End of input at the beginning of a line ends cat.
        (await sessions.WriteAsync(id, "\u0004", Long, default)).ShouldBeOfType<SessionOutcome.Exited>().ExitCode.ShouldBe(0);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends))]
    public async Task Control_C_interrupts_what_runs_in_the_terminal(string backend)
    {
        using var sessions = await SessionsAsync(backend);
        var request = Commands.Script("trap 'echo interrupted; exit 9' INT; echo ready; while :; do sleep 0.1; done", backend);
        var first = await sessions.StartAsync(request, terminal: true, TimeSpan.FromSeconds(1), default);

        var id = first.ShouldBeOfType<SessionOutcome.Running>(first.ToString()).Id;
        var last = await sessions.WriteAsync(id, "\u0003", Long, default);

        var exited = last.ShouldBeOfType<SessionOutcome.Exited>();
        exited.Output.ShouldContain("interrupted");
        exited.ExitCode.ShouldBe(9);
    }

    [SkippableFact]
    public async Task A_long_text_is_typed_whole()
    {
        using var sessions = await SessionsAsync("none");
        var first = await sessions.StartAsync(Commands.Script("stty raw -echo; echo ready; head -c 100000 | wc -c", "none"), terminal: true, Short, default);
        var id = first.ShouldBeOfType<SessionOutcome.Running>().Id;

        var last = await sessions.WriteAsync(id, new string('x', 100_000), Long, default);

        last.ShouldBeOfType<SessionOutcome.Exited>().Output.ShouldContain("100000");
    }

    [SkippableFact]
    public async Task Without_a_terminal_nothing_can_be_typed()
    {
        using var sessions = await SessionsAsync("none");
        var first = await sessions.StartAsync(Commands.Script("sleep 600", "none"), terminal: false, Short, default);
        var id = first.ShouldBeOfType<SessionOutcome.Running>().Id;

        (await sessions.WriteAsync(id, "x", Short, default)).ShouldBe(new SessionOutcome.InputClosed(id));
        (await sessions.KillAsync(id, default)).ShouldBeOfType<SessionOutcome.Exited>().ExitCode.ShouldBe(137);
        sessions.Running.ShouldBeEmpty();
    }

    [SkippableTheory]
    [MemberData(nameof(Backends))]
    public async Task All_end_with_the_thread(string backend)
    {
        var marker = $"marker-{Guid.NewGuid():N}";
        using (var sessions = await SessionsAsync(backend))
        {
            foreach (var terminal in new[] { false, true })
            {
                var script = $"(sh -c 'while :; do sleep 1; done # {marker}') & sleep 600";
                (await sessions.StartAsync(Commands.Script(script, backend), terminal, TimeSpan.FromSeconds(1), default)).ShouldBeOfType<SessionOutcome.Running>();
            }

            Commands.IsRunning(marker).ShouldBeTrue();
        }

        await Commands.ShouldVanishAsync(marker);
    }

    [SkippableFact]
    public async Task One_too_many_removes_the_one_not_used_for_longest()
    {
        using var sessions = await SessionsAsync("none");
        var ids = new List<int>();
        for (var i = 0; i < ProcessSessions.Limit; i++)
            ids.Add(((SessionOutcome.Running)await sessions.StartAsync(Commands.Script("exec sleep 600", "none"), terminal: false, TimeSpan.Zero, default)).Id);
        await sessions.WriteAsync(ids[0], string.Empty, TimeSpan.Zero, default);

        var added = (SessionOutcome.Running)await sessions.StartAsync(Commands.Script("exec sleep 600", "none"), terminal: false, TimeSpan.Zero, default);

        ids.Distinct().Count().ShouldBe(ProcessSessions.Limit);
        sessions.Running.ShouldBe([.. ids.Except([ids[1]]).Append(added.Id).Order()]);
    }

    [SkippableFact]
    public async Task A_cancelled_start_leaves_nothing()
    {
        using var sessions = await SessionsAsync("none");
        var marker = $"marker-{Guid.NewGuid():N}";
        using var cancellation = new CancellationTokenSource(Short);

        await Should.ThrowAsync<OperationCanceledException>(
            () => sessions.StartAsync(Commands.Script($"sleep 600 # {marker}", "none"), terminal: false, Long, cancellation.Token));

        await Commands.ShouldVanishAsync(marker);
        sessions.Running.ShouldBeEmpty();
    }

    private static async Task<ProcessSessions> SessionsAsync(string backend) =>
        new(TimeProvider.System, new Random(1), await Commands.ChooseAsync(backend));
}
