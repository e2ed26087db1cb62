using System.Text.Json;

namespace Codex.Contract.Tests.Agent;

/// <summary>What the model of the built program is told before the prompt, and that it stays the same.</summary>
public sealed class ContextTests
{
    [SkippableFact]
    public async Task The_heading_of_instructions_names_the_directory_only_when_the_project_speaks()
    {
        await using var bench = await AgentBench.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(bench.Home.State, "AGENTS.md"), "of the user\n");

        await bench.AnswerAsync("a", "exec", "one");
        await File.WriteAllTextAsync(Path.Combine(bench.Home.Work, "AGENTS.md"), "of the project\n");
        await bench.AnswerAsync("a", "exec", "two");
        await bench.AnswerAsync("a", "exec", "-c", "project_doc_max_bytes=0", "three");

        Texts(bench, 0).ShouldContain("# AGENTS.md instructions\n\n<INSTRUCTIONS>\nof the user\n</INSTRUCTIONS>");
        Texts(bench, 1).ShouldContain(
            $"# AGENTS.md instructions for {bench.Home.Work}\n\n<INSTRUCTIONS>\nof the user\n\n--- project-doc ---\n\nof the project\n\n</INSTRUCTIONS>");
        Texts(bench, 2).ShouldContain("# AGENTS.md instructions\n\n<INSTRUCTIONS>\nof the user\n</INSTRUCTIONS>");
    }

    [SkippableFact]
    public async Task A_skill_is_listed_and_comes_whole_behind_a_prompt_that_names_it()
    {
        await using var bench = await AgentBench.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(bench.Home.State, "skills", "alpha"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "SKILL.md"), "---\nname: alpha\ndescription: does alpha: things\n---\nAlpha body\n");

        await bench.AnswerAsync("a", "exec", "use $alpha, not $HOME");

        Texts(bench, 0).ShouldContain(t => t.StartsWith("<skills_instructions>") && t.Contains("- alpha: does alpha: things (file: alpha/SKILL.md)"));
        Texts(bench, 0)[^1].ShouldBe($"<skill>\n<name>alpha</name>\n<path>{folder.FullName}/SKILL.md</path>\n---\nname: alpha\ndescription: does alpha: things\n---\nAlpha body\n\n</skill>");
        Texts(bench, 0)[^2].ShouldBe("use $alpha, not $HOME");
    }

    [SkippableFact]
    public async Task Each_request_begins_with_the_bytes_of_the_one_before_also_after_a_resume()
    {
        await using var bench = await AgentBench.StartAsync();
        bench.Model.Answer(ScriptedResponses.Call("c1", "echo one"));
        bench.Model.Answer(ScriptedResponses.Message("a"));
        bench.Model.Answer(ScriptedResponses.Message("b"));

        var first = await bench.RunAsync("exec", "--json", "one");
        await bench.RunAsync("exec", "resume", "--last", "two");

        bench.Model.Bodies.Count.ShouldBe(3);
        var id = JsonDocument.Parse(first.Stdout.Split('\n')[0]).RootElement.GetProperty("thread_id").GetString();
        bench.Model.Bodies.Select(b => b.GetProperty("prompt_cache_key").GetString()).ShouldAllBe(key => key == id);
        for (var i = 1; i < 3; i++)
        {
            Raw(bench, i).Take(bench.Model.Inputs[i - 1].Count).ShouldBe(Raw(bench, i - 1));
            bench.Model.Bodies[i].GetProperty("tools").GetRawText().ShouldBe(bench.Model.Bodies[0].GetProperty("tools").GetRawText());
        }
    }

    [SkippableFact]
    public async Task Half_a_line_that_a_killed_run_left_costs_nothing_and_a_file_without_its_beginning_is_refused()
    {
        await using var bench = await AgentBench.StartAsync();
        await bench.AnswerAsync("a", "exec", "one");
        var file = Directory.EnumerateFiles(Path.Combine(bench.Home.State, "sessions"), "*.jsonl", SearchOption.AllDirectories).Single();
        await File.AppendAllTextAsync(file, """{"timestamp":"2026""");

        await bench.AnswerAsync("b", "exec", "resume", "--last", "two");
        Texts(bench, 1).ShouldContain("one");
        var lines = await File.ReadAllLinesAsync(file);
        lines.Count(l => !l.EndsWith('}')).ShouldBe(1, "the half line stands alone");

        await File.WriteAllLinesAsync(file, lines[1..]);
        var outcome = await bench.RunAsync("exec", "resume", "--last", "--all", "three");
        outcome.ExitCode.ShouldBe(1);
        outcome.Stderr.ShouldContain("session");
    }

    private static List<string> Raw(AgentBench bench, int request) => [.. bench.Model.Inputs[request].Select(i => i.GetRawText())];

    private static List<string> Texts(AgentBench bench, int request) =>
    [
        .. bench.Model.Inputs[request]
            .Where(i => i.GetProperty("type").GetString() == "message")
            .SelectMany(i => i.GetProperty("content").EnumerateArray())
            .Select(c => c.GetProperty("text").GetString()!),
    ];
}
