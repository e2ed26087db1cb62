using System.Text.Json;
using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.Doctor;

/// <summary><c>doctor --fix</c>.</summary>
public sealed class RepairTests
{
    private const string Table = """
        [model_providers.tensormesh]
        name = "tensormesh"
        base_url = "https://serverless.tensormesh.ai/v1"
        wire_api = "responses"
        env_key = "TENSORMESH_INFERENCE_API_KEY"

        """;

    private const string Root = "model_provider = \"tensormesh\"\nmodel = \"openai/gpt-oss-20b\"\nmodel_context_window = 131072\n\n";

    public static TheoryData<string, string> Cases => new()
    {
        // Moved with the comment behind it; what stands around it stays.
        {
            $"# mine\n[features]\ngoals = false\nmodel_provider = \"tensormesh\"  # why not\nother = 1\n\n{Table}model = \"openai/gpt-oss-20b\"\n",
            $"model_provider = \"tensormesh\"  # why not\nmodel = \"openai/gpt-oss-20b\"\nmodel_context_window = 131072\n\n# mine\n[features]\ngoals = false\nother = 1\n\n{Table}"
        },
        { $"{Root}{Table}".Replace("model_context_window = 131072\n", "", StringComparison.Ordinal), $"{Root}{Table}" },
        { $"{Root}{Table}".Replace("131072", "272000 # tokens", StringComparison.Ordinal), $"{Root}{Table}".Replace("131072", "131072 # tokens", StringComparison.Ordinal) },
        { $"auto_compact_token_limit = 9 # x\n{Root}{Table}", $"model_auto_compact_token_limit = 9 # x\n{Root}{Table}" },
        { $"{Root}{Table}".Replace("name = \"tensormesh\"\n", "", StringComparison.Ordinal), $"{Root}{Table}name = \"tensormesh\"\n".Replace("tensormesh]\nname = \"tensormesh\"\n", "tensormesh]\n", StringComparison.Ordinal) },
        { $"{Root}{Table}".Replace("env_key = \"TENSORMESH_INFERENCE_API_KEY\"\n", "", StringComparison.Ordinal), $"{Root}{Table}" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_needs_no_decision_is_put_right_and_undo_takes_it_back(string before, string after)
    {
        using var run = Home(before);

        var outcome = run.Run("doctor --fix --yes");

        run.Config.ShouldBe(after.ReplaceLineEndings("\n"), run.Config);
        outcome.Output.ShouldContain("Written. Undo: codex-config undo ");
        run.Run("doctor --fix --yes").Output.ShouldNotContain("Written.");
        run.Run("undo --yes").ExitCode.ShouldBe(ExitCodes.Done);
        run.Config.ShouldBe(before.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_findings_behind_are_those_of_the_repaired_file()
    {
        using var run = Home($"{Root}{Table}".Replace("131072", "272000", StringComparison.Ordinal));

        DoctorHome.Codes(run).ShouldBe("W05 3");
        DoctorHome.Codes(run, "--fix", "--yes").ShouldBe("");
    }

    /// <summary>Two values for one key: only a person knows which one is meant.</summary>
    [Theory]
    [InlineData("model_context_window = 1\nmodel_provider = \"other\"\n", "W01 4", "[features]\nmodel_provider = \"openai\"\n")]
    [InlineData("", "W01 2", "[features]\nmodel = [\"a\"]\n")]
    public void What_needs_a_decision_stays(string root, string code, string rest)
    {
        using var run = Home(root + rest);
        var before = run.Config;

        DoctorHome.Codes(run, "--fix", "--yes").ShouldContain(code);

        run.Config.ShouldBe(before);
        run.StateFiles.ShouldBeEmpty();
    }

    [Fact]
    public void Of_two_that_set_the_same_key_the_first_is_moved()
    {
        using var run = Home("[features]\nmodel_provider = \"openai\"\n[tools]\nmodel_provider = \"ollama\"\n");

        run.Run("doctor --fix --yes");

        run.Config.ShouldBe("model_provider = \"openai\"\n\n[features]\n[tools]\nmodel_provider = \"ollama\"\n");
    }

    [Theory]
    [InlineData("doctor --fix", null, ExitCodes.Usage, "nobody is here to confirm")]
    [InlineData("doctor --fix", "n", ExitCodes.Done, "nothing was written")]
    [InlineData("doctor --fix --dry-run", null, ExitCodes.Done, "Dry run")]
    [InlineData("doctor --fix --dry-run --exit-code", null, ExitCodes.ChangesPending, "+model_context_window = 131072")]
    public void Nothing_is_written_without_a_yes(string arguments, string? answer, int exitCode, string words)
    {
        using var run = Home($"{Root}{Table}".Replace("model_context_window = 131072\n", "", StringComparison.Ordinal));
        run.Answer = answer;
        var before = run.Config;

        var outcome = run.Run(arguments);

        outcome.ExitCode.ShouldBe(exitCode);
        (outcome.Output + outcome.Error).ShouldContain(words);
        run.Config.ShouldBe(before);
    }

    [Fact]
    public void Json_tells_of_the_repair_beside_the_findings()
    {
        using var run = Home($"{Root}{Table}".Replace("131072", "272000", StringComparison.Ordinal));

        using var json = JsonDocument.Parse(run.Run("doctor --fix --yes --json").Output);

        json.RootElement.GetProperty("findings").GetArrayLength().ShouldBe(0);
        var fix = json.RootElement.GetProperty("fix");
        fix.GetProperty("status").GetString().ShouldBe("written");
        fix.GetProperty("changes")[0].GetProperty("path").GetString().ShouldBe("model_context_window");
        run.Run($"undo {fix.GetProperty("operation").GetString()} --yes").ExitCode.ShouldBe(ExitCodes.Done);
    }

    [Fact]
    public void Json_of_a_refusal_is_one_object()
    {
        using var run = Home($"{Root}{Table}".Replace("131072", "272000", StringComparison.Ordinal));

        var outcome = run.Run("doctor --fix --json");

        outcome.ExitCode.ShouldBe(ExitCodes.Usage);
        using var json = JsonDocument.Parse(outcome.Output);
        json.RootElement.GetProperty("status").GetString().ShouldBe("refused");
    }

    [Fact]
    public void Text_that_is_no_toml_is_left_alone()
    {
        using var run = Home("[a\n");

        run.Run("doctor --fix --yes").ExitCode.ShouldBe(ExitCodes.DoctorErrors);

        run.Config.ShouldBe("[a\n");
    }

    private static ToolRun Home(string config)
    {
        var run = new ToolRun { Config = config.ReplaceLineEndings("\n") };
        run.Variables["TENSORMESH_INFERENCE_API_KEY"] = "ak-live-0123456789abcdef";
        return run;
    }
}
