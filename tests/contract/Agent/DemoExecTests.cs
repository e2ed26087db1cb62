using System.Text.Json;
using Codex.Contract.Tests.Providers;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent;

/// <summary>The built program on a bare machine: no configuration, no gateway, the demo model.</summary>
public sealed class DemoExecTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Built beside this project, in the same configuration.</summary>
    private static readonly string Program = Path.Combine(
        RepositoryRoot.Path, "src", "Agent", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "codex-agent");

    [SkippableFact]
    public async Task One_command_ends_with_the_file_there_and_the_next_edits_it()
    {
        using var home = new CodexHome();

        var outcome = await RunAsync(home, "exec", "--skip-git-repo-check", "-s", "workspace-write", "create hello.txt with a greeting");

        outcome.ExitCode.ShouldBe(0, outcome.Stderr);
        home.Files().Keys.ShouldContain("hello.txt", outcome.Stderr);
        outcome.Stdout.ShouldContain("Scripted answer of the demo model.");
        outcome.Stderr.ShouldContain("model: ");

        var edited = await RunAsync(home, "exec", "--skip-git-repo-check", "-s", "workspace-write", "replace Hello with Goodbye in hello.txt");

        edited.ExitCode.ShouldBe(0, edited.Stderr);
        home.Files()["hello.txt"].ShouldStartWith("Goodbye from the demo model");
    }

    [SkippableFact]
    public async Task The_agents_own_gateway_does_not_ask_the_project_where_keys_go()
    {
        using var home = new CodexHome();
        // Read, it would be refused, and there were no gateway.
        await File.WriteAllTextAsync(Path.Combine(home.Work, "gateway.json"), """{"Providers":{"evil":{"BaseUrl":"not a url"}}}""");

        var outcome = await RunAsync(home, "exec", "--skip-git-repo-check", "-s", "workspace-write", "create hello.txt with a greeting");

        outcome.ExitCode.ShouldBe(0, outcome.Stderr);
        home.Files().Keys.ShouldContain("hello.txt", outcome.Stderr);
    }

    [SkippableFact]
    public async Task Its_events_are_those_of_codex_and_a_thread_is_gone_on_with()
    {
        using var home = new CodexHome();

        var first = await RunAsync(home, "exec", "--skip-git-repo-check", "--json", "-s", "workspace-write", "run echo hi");
        // The SDK writes its options before the subcommand.
        var second = await RunAsync(home, "exec", "--experimental-json", "--skip-git-repo-check", "--sandbox", "workspace-write", "resume", "--last", "run echo again");

        var events = Events(first);
        events.Select(Type).ShouldBe(["thread.started", "turn.started", "item.completed", "item.started", "item.completed", "item.completed", "turn.completed"], first.Stdout);
        var command = events[4].GetProperty("item");
        command.GetProperty("type").GetString().ShouldBe("command_execution");
        command.GetProperty("aggregated_output").GetString().ShouldNotBeNull().ShouldEndWith("hi\n");
        command.GetProperty("exit_code").GetInt32().ShouldBe(0);
        var again = Events(second);
        again[0].GetProperty("thread_id").GetString().ShouldBe(events[0].GetProperty("thread_id").GetString());
        Tokens(again[^1]).ShouldBeGreaterThan(Tokens(events[^1]), "the count goes on");
    }

    [SkippableFact]
    public async Task Outside_a_repository_nothing_is_done_without_the_users_word()
    {
        using var home = new CodexHome();

        var outcome = await RunAsync(home, "exec", "create hello.txt with a greeting");

        outcome.ExitCode.ShouldBe(1);
        outcome.Stderr.ShouldContain("--skip-git-repo-check");
        home.Files().Keys.ShouldBeEmpty();
    }

    private static async Task<ProcessOutcome> RunAsync(CodexHome home, params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands are only confined on Linux");
        var outcome = await ClientProcess.RunAsync(Program, arguments, home.Work, home.Environment(key: null), Limit);
        Skip.If((outcome.Stdout + outcome.Stderr).Contains("No sandbox works", StringComparison.Ordinal), "skipped, because no sandbox works on this machine");
        return outcome;
    }

    private static List<JsonElement> Events(ProcessOutcome outcome) =>
        [.. outcome.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).Where(e => !IsNotice(e))];

    /// <summary>Such as that this machine's sandbox is the weaker one.</summary>
    private static bool IsNotice(JsonElement e) => e.TryGetProperty("item", out var item) && item.GetProperty("type").GetString() == "error";

    private static string? Type(JsonElement e) => e.GetProperty("type").GetString();

    private static long Tokens(JsonElement completed) => completed.GetProperty("usage").GetProperty("input_tokens").GetInt64();
}
