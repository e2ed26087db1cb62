using Codex.ConfigTool.Tests.Merge;

namespace Codex.ConfigTool.Tests.Rollback;

/// <summary>Section "rollback": what was added can be taken back, and nothing of the user's goes with it.</summary>
public sealed class RemoveProviderTests
{
    public static TheoryData<string> Written => [.. Golden.All.Where(g => g.Exit == 0 && g.Before != g.After).Select(g => g.Id).DefaultIfEmpty("-")];

    [SkippableTheory]
    [MemberData(nameof(Written))]
    public void F27_adding_and_removing_gives_the_same_bytes(string id)
    {
        Skip.If(id == "-", "skipped, because ../shared/config-goldens.json is not beside this checkout");
        var golden = Golden.Find(id);
        using var tool = new ToolRun();
        if (golden.Before is not null)
            tool.Config = golden.Before;
        tool.Run(golden.Args).ExitCode.ShouldBe(0);

        var outcome = tool.Run("remove-provider tensormesh --yes");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        tool.Config.ShouldBe(golden.Before);
    }

    [Fact]
    public void After_other_edits_only_what_was_added_goes()
    {
        using var tool = new ToolRun { Config = "# mine\nmodel = \"gpt-5.5\" # keep\n\n[tui]\ntheme = \"x\"\n" };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Config += "\n[features]\ngoals = true # mine too\n";

        tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(0);

        tool.Config.ShouldBe("# mine\nmodel = \"gpt-5.5\" # keep\n\n[tui]\ntheme = \"x\"\n\n[features]\ngoals = true # mine too\n");
    }

    [Fact]
    public void A_value_that_the_user_changed_since_stays_and_is_told()
    {
        using var tool = new ToolRun { Config = "model = \"gpt-5.5\"\n" };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Config = tool.Config!.Replace("\"medium\"", "\"high\"", StringComparison.Ordinal);

        var outcome = tool.Run("remove-provider tensormesh --yes");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        tool.Config.ShouldBe("model = \"gpt-5.5\"\nmodel_reasoning_effort = \"high\"\n");
        outcome.Error.ShouldContain("model_reasoning_effort = \"high\" stays");
    }

    [Theory]
    [InlineData("request_max_retries = 9\n", "request_max_retries = 9")]
    [InlineData("# my note\n", "# my note")]
    public void Own_keys_and_comments_inside_are_told_and_kept_unless_forced(string own, string told)
    {
        using var tool = new ToolRun { Config = "" };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Config = tool.Config!.Replace("wire_api", own + "wire_api", StringComparison.Ordinal);
        var before = tool.Config;

        var refused = tool.Run("remove-provider tensormesh --yes");

        refused.ExitCode.ShouldBe(4);
        refused.Error.ShouldContain(told);
        tool.Config.ShouldBe(before);
        tool.Run("remove-provider tensormesh --yes --force").ExitCode.ShouldBe(0);
        tool.Config.ShouldNotContain("tensormesh");
    }

    [Fact]
    public void F27_the_default_never_points_at_a_provider_that_is_gone()
    {
        using var tool = new ToolRun { Config = "model = \"gpt-5.5\"\n" };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Run("add-provider custom --id b --base-url http://127.0.0.1:1/v1 --model m --no-auth --yes").ExitCode.ShouldBe(0);

        tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Config!.ShouldContain("model_provider = \"b\"");
        tool.Run("remove-provider b --yes").ExitCode.ShouldBe(0);

        tool.Config!.ShouldNotContain("model_provider");
        tool.Config!.ShouldContain("model = \"gpt-5.5\"");
    }

    [Fact]
    public void Keeping_the_table_restores_the_defaults_only()
    {
        using var tool = new ToolRun { Config = "model = \"gpt-5.5\"\n" };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);

        tool.Run("remove-provider tensormesh --yes --keep-table").ExitCode.ShouldBe(0);

        tool.Config.ShouldBe("""
            model = "gpt-5.5"

            [model_providers.tensormesh]
            name = "tensormesh"
            base_url = "https://serverless.tensormesh.ai/v1"
            wire_api = "responses"
            env_key = "TENSORMESH_INFERENCE_API_KEY"

            """);
    }

    [Fact]
    public void An_unknown_provider_is_a_usage_error()
    {
        using var tool = new ToolRun { Config = "model = \"m\"\n" };
        tool.Run("remove-provider nobody --yes").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void F28_chats_that_cannot_be_resumed_without_the_table_are_counted()
    {
        using var tool = new ToolRun { Config = "" };
        var sessions = Directory.CreateDirectory(Path.Combine(tool.CodexHome, "sessions", "2026", "11", "20"));
        File.WriteAllText(Path.Combine(sessions.FullName, "rollout-a.jsonl"), """{"type":"session_meta","payload":{"model_provider":"tensormesh"}}""" + "\n{}\n");
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);

        tool.Run("remove-provider tensormesh --yes").Output.ShouldContain("1 chats were made with \"tensormesh\"");
    }

    [Theory]
    [InlineData("use tensormesh --model openai/gpt-oss-20b --yes")]
    [InlineData(null)]
    public void What_another_provider_left_no_byte_of_is_no_hindrance(string? last)
    {
        const string Before = "# a\nmodel = \"gpt-5.5\"\n\n\n[tui]\ntheme = \"x\"";
        using var tool = new ToolRun { Config = Before };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Run("add-provider custom --id b --base-url http://127.0.0.1:1/v1 --model m --no-auth --yes").ExitCode.ShouldBe(0);
        tool.Run("remove-provider b --yes").ExitCode.ShouldBe(0);
        if (last is not null)
            tool.Run(last).ExitCode.ShouldBe(0);

        tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(0);

        tool.Config.ShouldBe(Before);
    }
}
