using System.Text;

namespace Codex.ConfigTool.Tests.Files;

/// <summary>Requests that write several files change all of them or none, whatever happens at whichever step.</summary>
public sealed class SeveralFilesTests
{
    private const string Config = "# mine\nmodel = \"gpt-5.5\" # keep\n\n# fast\n[profiles.fast]\nmodel = \"m\"\n\n[tui]\ntheme = \"x\"\n";

    /// <summary>Commands that write several files, with what comes before them.</summary>
    public static TheoryData<string, string[]> Commands => new()
    {
        { "profiles migrate fast --yes", [] },
        { "add-provider tensormesh --profile tm --yes", [] },
        { "remove-provider tensormesh --yes", ["add-provider tensormesh --profile tm --yes"] },
        { "remove-provider tensormesh --yes", ["add-provider tensormesh --profile tm --yes", "use openai --profile other --yes", "use tensormesh --profile other --yes"] },
        { "undo --yes", ["profiles migrate fast --yes"] },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void After_a_power_cut_at_any_step_undo_gives_back_all_files_or_none_was_touched(string command, string[] earlier)
    {
        ForEveryStep(command, earlier, isPowerCut: true, (tool, files, before, after, step) =>
        {
            Should.Throw<FaultyFiles.PowerCut>(() => tool.Run(command), step);
            var cut = Snapshot(tool);

            tool.Run("undo --dry-run");
            Snapshot(tool).ShouldBe(cut, step);
            var undo = tool.Run("undo --yes");
            undo.ExitCode.ShouldBeOneOf([0, 10], $"{step}: {undo.Error}");
            var now = Snapshot(tool);
            // When the cut came before anything was noted, undo took back what had been done earlier, all of it; an undo that was done stays done.
            (IsSame(now, before) || (IsSame(cut, before) && earlier.Length > 0) || (command.StartsWith("undo", StringComparison.Ordinal) && IsSame(now, after)))
                .ShouldBeTrue($"{step}: {string.Join("\n--\n", now)}");
        });
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void After_a_power_cut_at_any_step_the_next_run_finds_all_files_changed_or_none(string command, string[] earlier)
    {
        ForEveryStep(command, earlier, isPowerCut: true, (tool, files, before, after, step) =>
        {
            Should.Throw<FaultyFiles.PowerCut>(() => tool.Run(command), step);

            tool.Run("profiles add late --provider openai --yes").ExitCode.ShouldBe(0, step);

            File.Delete(Path.Combine(tool.CodexHome, "late.config.toml"));
            var now = Snapshot(tool);
            (IsSame(now, before) || IsSame(now, after)).ShouldBeTrue($"{step}: {string.Join("\n--\n", now)}");
        });
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void When_the_disk_fails_at_any_step_all_files_change_or_none(string command, string[] earlier)
    {
        ForEveryStep(command, earlier, isPowerCut: false, (tool, files, before, after, step) =>
        {
            var outcome = tool.Run(command);

            var now = Snapshot(tool);
            outcome.ExitCode.ShouldBeOneOf([0, 6], $"{step}: {outcome.Error}");
            (IsSame(now, before) || IsSame(now, after)).ShouldBeTrue($"{step}: {string.Join("\n--\n", now)}");
            if (outcome.ExitCode == 0)
                now.ShouldBe(after, step);
        });
    }

    [Fact]
    public void A_file_that_changes_between_two_writes_ends_the_run_with_nothing_changed()
    {
        FaultyFiles files = new();
        using var tool = new ToolRun { Config = Config, Files = files };
        files.OnWriteNew = path =>
        {
            // The profile is in its place; now somebody else writes the configuration.
            if (Path.GetFileName(path).StartsWith(".config.toml.", StringComparison.Ordinal))
                File.WriteAllText(tool.ConfigPath, "model = \"theirs\"\n");
        };

        var outcome = tool.Run("profiles migrate fast --yes");

        outcome.ExitCode.ShouldBe(2, outcome.Error);
        Snapshot(tool).ShouldBe(["config.toml: model = \"theirs\"\n"]);
    }

    [Fact]
    public void An_undo_of_several_files_is_refused_as_a_whole_when_one_was_changed()
    {
        using var tool = new ToolRun { Config = Config };
        tool.Run("profiles migrate fast --yes").ExitCode.ShouldBe(0);
        File.WriteAllText(Path.Combine(tool.CodexHome, "fast.config.toml"), "model = \"changed\"\n");
        var before = Snapshot(tool);

        tool.Run("undo --yes").ExitCode.ShouldBe(10);

        Snapshot(tool).ShouldBe(before);
    }

    [Fact]
    public void Copies_of_several_files_are_told_apart()
    {
        using var tool = new ToolRun { Config = Config };
        tool.Run("add-provider tensormesh --profile tm --yes").ExitCode.ShouldBe(0);
        tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(0);
        var id = tool.Run("undo --list").Output.Split(' ')[0];

        tool.Run($"backup show {id}").Error.ShouldContain($"{id}-0, {id}-1");
        tool.Run($"backup show {id}-1").Output.ShouldStartWith("model_provider = \"tensormesh\"");
        tool.Run($"backup restore {id}-1 --yes").ExitCode.ShouldBe(0);

        File.ReadAllText(Path.Combine(tool.CodexHome, "tm.config.toml")).ShouldStartWith("model_provider = \"tensormesh\"");
    }

    private static void ForEveryStep(string command, string[] earlier, bool isPowerCut, Action<ToolRun, StepFiles, string[], string[], string> check)
    {
        var after = After(command, earlier, out var steps);
        steps.ShouldBeGreaterThan(1);
        foreach (var afterwards in (bool[])[false, true])
        {
            for (var at = 1; at <= steps; at++)
            {
                StepFiles files = new() { Afterwards = afterwards, IsPowerCut = isPowerCut };
                using var tool = Prepare(files, earlier);
                var before = Snapshot(tool);
                files.At = files.Steps + at;
                check(tool, files, before, after, $"{(afterwards ? "after" : "at")} step {at} of {steps}");
            }
        }
    }

    private static string[] After(string command, string[] earlier, out int steps)
    {
        StepFiles files = new();
        using var tool = Prepare(files, earlier);
        var begun = files.Steps;
        tool.Run(command).ExitCode.ShouldBe(0);
        steps = files.Steps - begun;
        return Snapshot(tool);
    }

    private static ToolRun Prepare(StepFiles files, string[] earlier)
    {
        var tool = new ToolRun { Config = Config, Files = files };
        foreach (var command in earlier)
            tool.Run(command).ExitCode.ShouldBe(0);
        return tool;
    }

    private static bool IsSame(string[] one, string[] other) => one.SequenceEqual(other, StringComparer.Ordinal);

    /// <summary>The configuration and the profiles; what a cut left beside them is swept by later runs.</summary>
    private static string[] Snapshot(ToolRun tool) =>
        [.. Directory.GetFiles(tool.CodexHome).Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(f => $"{Path.GetFileName(f)}: {Encoding.UTF8.GetString(File.ReadAllBytes(f))}")];
}
