using System.Text.Json;

namespace Codex.Contract.Tests.Agent;

/// <summary>Settings that change what the built program sends and shows.</summary>
public sealed class ExecSettingTests
{
    [SkippableFact]
    public async Task Instructions_tools_and_surroundings_are_the_users_choice()
    {
        await using var bench = await AgentBench.StartAsync("""
            model_instructions_file = "base.md"
            developer_instructions = "Speak like a pirate."
            include_environment_context = false
            include_permissions_instructions = false
            tools.update_plan.enabled = false
            features.unified_exec = false
            """);
        await File.WriteAllTextAsync(Path.Combine(bench.Home.State, "base.md"), "You are a test.");

        (await bench.AnswerAsync("done", "exec", "hello")).ExitCode.ShouldBe(0);

        bench.LastInput.Select(Text).ShouldBe(["You are a test.", "Speak like a pirate.", "hello"]);
        var tools = Tools(bench);
        tools.ShouldContain("shell");
        tools.ShouldNotContain("exec_command");
        tools.ShouldNotContain("update_plan");
    }

    [SkippableFact]
    public async Task A_flag_decides_over_the_features_of_the_file()
    {
        await using var bench = await AgentBench.StartAsync("features.unified_exec = false");

        (await bench.AnswerAsync("done", "exec", "--enable", "unified_exec", "hello")).ExitCode.ShouldBe(0);
        Tools(bench).ShouldContain("exec_command");
        (await bench.AnswerAsync("done", "exec", "--disable", "shell_tool", "hello")).ExitCode.ShouldBe(0);
        Tools(bench).ShouldNotContain(t => t == "shell" || t == "exec_command" || t == "write_stdin");
        var unknown = await bench.RunAsync("exec", "--enable", "unified_exce", "hello");

        unknown.ExitCode.ShouldBe(1);
        unknown.Stderr.ShouldContain("Unknown feature flag: unified_exce");
    }

    [SkippableTheory]
    [InlineData("always", true)]
    [InlineData("never", false)]
    [InlineData("auto", false)]
    public async Task Colours_are_where_they_were_asked_for_and_never_in_the_answer(string when, bool isColoured)
    {
        await using var bench = await AgentBench.StartAsync();

        var outcome = await bench.AnswerAsync("done", "exec", "--color", when, "hello");

        outcome.Stdout.ShouldBe("done\n");
        outcome.Stderr.Contains('\e', StringComparison.Ordinal).ShouldBe(isColoured, outcome.Stderr);
    }

    [SkippableFact]
    public async Task The_users_program_hears_of_the_turn_and_is_left_alone()
    {
        await using var bench = await AgentBench.StartAsync("""notify = ["sh", "-c", "printf '%s' \"$1\" > told.part && mv told.part told; while [ -e told ]; do sleep 0.1; done", "sh"]""");

        var outcome = await bench.AnswerAsync("done", "exec", "--json", "hello");

        outcome.ExitCode.ShouldBe(0, outcome.Stderr);
        var file = Path.Combine(bench.Home.Work, "told");
        for (var waited = 0; waited < 600 && !File.Exists(file); waited++)
            await Task.Delay(50);
        var told = JsonElement.Parse(await File.ReadAllTextAsync(file));
        told.GetProperty("thread-id").GetString().ShouldBe(JsonElement.Parse(outcome.Stdout.Split('\n')[0]).GetProperty("thread_id").GetString());
        told.GetProperty("input-messages").GetRawText().ShouldBe("""["hello"]""");
        told.GetProperty("last-assistant-message").GetString().ShouldBe("done");
    }

    private static string[] Tools(AgentBench bench) => [.. bench.Model.Bodies[^1].GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()!)];

    private static string Text(JsonElement item) => string.Concat(item.GetProperty("content").EnumerateArray().Select(p => p.GetProperty("text").GetString()));
}
