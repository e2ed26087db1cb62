using System.Text.Json;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent;

/// <summary>The flags of <c>exec</c> on the built program, with what a user may get wrong.</summary>
public sealed class ExecFlagTests
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [SkippableTheory]
    [InlineData("", "say hi", new[] { "say hi" })]
    [InlineData("from a pipe\n", "from a pipe", new[] { "-" })]
    [InlineData("from a pipe\n", "from a pipe", new string[0])]
    [InlineData("from a pipe\n", "sum\n\n<stdin>\nfrom a pipe\n</stdin>", new[] { "sum" })]
    [InlineData("", "--json is a flag", new[] { "--", "--json is a flag" })]
    public async Task The_prompt_is_the_argument_the_pipe_or_both(string input, string prompt, string[] arguments)
    {
        await using var bench = await AgentBench.StartAsync();
        bench.Model.Answer(ScriptedResponses.Message("done"));

        var outcome = await bench.PipeAsync(input, bench.Home.Work, ["exec", .. arguments]);

        outcome.ExitCode.ShouldBe(0, outcome.Stderr);
        outcome.Stdout.ShouldBe("done\n");
        Said(bench).TrimEnd().ShouldBe(prompt);
    }

    [SkippableTheory]
    [InlineData(2, "codex-agent: --bogus is no option here.", "exec", "--bogus")]
    [InlineData(2, "codex-agent: --bogus is no option here.", "exec", "--bogus", "do it")]
    [InlineData(2, "codex-agent: --bogus is no option here.", "exec", "resume", "--last", "--bogus")]
    [InlineData(2, "'two'", "exec", "one", "two")]
    [InlineData(2, "-s is \"writable\"; write one of: read-only, workspace-write, danger-full-access.", "exec", "-s", "writable", "go")]
    [InlineData(2, "--ask-for-approval is \"sometimes\"; write one of: untrusted, on-request, never.", "exec", "--ask-for-approval", "sometimes", "go")]
    [InlineData(1, "No prompt", "exec")]
    [InlineData(1, "No prompt", "exec", "-")]
    [InlineData(1, "/nowhere/at/all does not exist", "exec", "-C", "/nowhere/at/all", "go")]
    [InlineData(1, "missing.png does not exist", "exec", "-i", "missing.png", "go")]
    [InlineData(1, "Failed to read output schema file missing.json", "exec", "--output-schema", "missing.json", "go")]
    [InlineData(1, "there is no profile \"nope\"", "exec", "-p", "nope", "go")]
    [InlineData(1, "-c needs key=value", "exec", "-c", "model", "go")]
    [InlineData(1, "No session 'nope'", "exec", "resume", "nope", "go")]
    [InlineData(1, "No session was begun in", "exec", "resume", "--last", "go")]
    [InlineData(2, "say which conversation to fork", "fork")]
    public async Task What_is_wrong_is_said_in_one_line_and_no_model_is_asked(int exitCode, string words, params string[] arguments)
    {
        await using var bench = await AgentBench.StartAsync();

        var outcome = await bench.RunAsync(arguments);

        outcome.ExitCode.ShouldBe(exitCode, outcome.Stderr);
        outcome.Stderr.ShouldContain(words);
        outcome.Stdout.ShouldBeEmpty();
        bench.Model.Inputs.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task The_last_message_is_written_and_a_file_that_cannot_be_is_a_failure()
    {
        await using var bench = await AgentBench.StartAsync();
        var file = Path.Combine(bench.Home.Work, "last.txt");

        (await bench.AnswerAsync("the answer", "exec", "-o", file, "go")).ExitCode.ShouldBe(0);
        var refused = await bench.AnswerAsync("the answer", "exec", "--json", "--output-last-message", Path.Combine(bench.Home.Work, "none", "last.txt"), "go");

        (await File.ReadAllTextAsync(file)).ShouldBe("the answer");
        refused.ExitCode.ShouldBe(1);
        refused.Stderr.ShouldContain("there is no directory");
        refused.Stdout.ShouldNotContain("turn.started");
    }

    [SkippableFact]
    public async Task A_schema_goes_with_the_request_and_images_stand_before_the_prompt()
    {
        await using var bench = await AgentBench.StartAsync();
        var schema = bench.Home.AddFile("schema.json", """{"type":"object","properties":{"a":{"type":"number"}},"required":["a"],"additionalProperties":false}"""u8.ToArray());
        var image = bench.Home.AddFile("a.png", Convert.FromBase64String(Png));

        var outcome = await bench.AnswerAsync("""{"a":1}""", "exec", "--output-schema", schema, "-i", $"{image},{image}", "look");

        outcome.ExitCode.ShouldBe(0, outcome.Stderr);
        outcome.Stdout.ShouldBe("{\"a\":1}\n");
        var format = bench.Model.Bodies[^1].GetProperty("text").GetProperty("format");
        format.GetProperty("name").GetString().ShouldBe("codex_output_schema");
        format.GetProperty("strict").GetBoolean().ShouldBeTrue();
        format.GetProperty("schema").GetProperty("required")[0].GetString().ShouldBe("a");
        var content = bench.LastInput[^1].GetProperty("content").EnumerateArray().ToList();
        content.Select(c => c.GetProperty("type").GetString()).ShouldBe(
            ["input_text", "input_image", "input_text", "input_text", "input_image", "input_text", "input_text"]);
        content[0].GetProperty("text").GetString().ShouldBe($"<image name=[Image #1] path=\"{image}\">");
        content[1].GetProperty("image_url").GetString().ShouldBe("data:image/png;base64," + Png);
        content[^1].GetProperty("text").GetString().ShouldBe("look");
    }

    [SkippableFact]
    public async Task An_ephemeral_run_leaves_no_session_and_others_are_found_by_id_beginning_and_name_or_as_the_last_here()
    {
        await using var bench = await AgentBench.StartAsync();
        var elsewhere = Directory.CreateDirectory(Path.Combine(bench.Home.Work, "elsewhere")).FullName;
        AgentBench.MakeRepository(elsewhere);

        await bench.AnswerAsync("a", "exec", "--ephemeral", "nothing stays");
        (await bench.RunAsync("exec", "resume", "--last", "--all", "go")).Stderr.ShouldContain("There is no session");
        var first = Id(await bench.AnswerAsync("a", "exec", "--json", "first"));
        bench.Model.Answer(ScriptedResponses.Message("a"));
        var second = Id(await bench.PipeAsync("", elsewhere, "exec", "--json", "second"));
        await File.WriteAllTextAsync(Path.Combine(bench.Home.State, "session_index.jsonl"), $$"""{"id":"{{first}}","thread_name":"my work","updated_at":"2026-11-20T00:00:00Z"}""" + "\n");

        Id(await bench.AnswerAsync("b", "exec", "--json", "resume", "--last", "go")).ShouldBe(first);
        Id(await bench.AnswerAsync("b", "exec", "resume", "--json", second, "go")).ShouldBe(second);
        Id(await bench.AnswerAsync("b", "exec", "resume", "--last", "--all", "--json", "go")).ShouldBe(second);
        Id(await bench.AnswerAsync("b", "exec", "--json", "resume", "my work", "go")).ShouldBe(first);
        Users(bench).ShouldBe(["first", "go", "go"]);
        Id(await bench.AnswerAsync("b", "exec", "--json", "fork", first, "aside")).ShouldNotBe(first);
        Users(bench).ShouldBe(["first", "go", "go", "aside"]);
        Id(await bench.AnswerAsync("b", "exec", "--json", "resume", first, "-")).ShouldBe("none", "there was no prompt");
    }

    [SkippableFact]
    public async Task Flags_before_exec_count_and_those_behind_it_win()
    {
        await using var bench = await AgentBench.StartAsync();

        var before = await bench.AnswerAsync("a", "-m", "before", "-s", "read-only", "-c", "model_reasoning_effort=low", "exec", "go");
        var both = await bench.AnswerAsync("a", "-m", "before", "--enable", "shell_tool", "exec", "-m", "behind", "--disable", "unified_exec", "--search", "--ignore-rules", "--no-alt-screen", "go");

        before.Stderr.ShouldContain("sandbox: read-only");
        bench.Model.Bodies[0].GetProperty("model").GetString().ShouldBe("before");
        bench.Model.Bodies[0].GetProperty("reasoning").GetProperty("effort").GetString().ShouldBe("low");
        both.ExitCode.ShouldBe(0, both.Stderr);
        bench.Model.Bodies[1].GetProperty("model").GetString().ShouldBe("behind");
        both.Stderr.ShouldContain("web_search has no effect");
    }

    [SkippableFact]
    public async Task Another_directory_is_worked_in_and_one_more_may_be_written_to()
    {
        await using var bench = await AgentBench.StartAsync();
        var plain = Directory.CreateTempSubdirectory("plain-").FullName;
        try
        {
            var refused = await bench.RunAsync("exec", "-C", plain, "go");
            var trusted = await bench.AnswerAsync("a", "exec", "-C", plain, "--trust", "go");
            var added = await bench.AnswerAsync("a", "exec", "-s", "workspace-write", "--add-dir", plain, "go");

            refused.ExitCode.ShouldBe(1);
            refused.Stderr.ShouldContain("--skip-git-repo-check");
            trusted.Stderr.ShouldContain("workdir: " + plain);
            trusted.Stderr.ShouldContain("sandbox: read-only");
            added.Stderr.ShouldContain($"sandbox: workspace-write [workdir, {plain}");
        }
        finally
        {
            Directory.Delete(plain);
        }
    }

    private static string Said(AgentBench bench) => bench.LastInput[^1].GetProperty("content")[0].GetProperty("text").GetString()!;

    private static IEnumerable<string?> Users(AgentBench bench) => bench.LastInput
        .Where(i => i.GetProperty("type").GetString() == "message" && i.GetProperty("role").GetString() == "user")
        .Select(i => i.GetProperty("content")[0].GetProperty("text").GetString())
        .Where(t => !t!.StartsWith('<'));

    private static string Id(ProcessOutcome outcome)
    {
        var line = outcome.Stdout.Split('\n')[0];
        using var document = JsonDocument.Parse(line.Length > 0 ? line : "{}");
        return document.RootElement.TryGetProperty("thread_id", out var id) ? id.GetString()! : "none";
    }
}
