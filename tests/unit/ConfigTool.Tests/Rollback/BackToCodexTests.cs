namespace Codex.ConfigTool.Tests.Rollback;

/// <summary>After several providers, <c>use openai</c> finds what was there before all of them, and removing them in any order leaves nothing.</summary>
public sealed class BackToCodexTests
{
    private const string Before = "model = \"gpt-5.5\" # mine\n[tui]\ntheme = \"x\"\n";
    private const string Gateway = "add-provider ollama --via-gateway --model X --yes";

    [Theory]
    [InlineData(Before)]
    [InlineData("approval_policy = \"never\"\n")]
    [InlineData("model = \"gpt-5.5\"\nmodel_reasoning_effort = \"high\" # mine\nmodel_context_window = 100000\n")]
    public void The_model_of_Codex_comes_back_from_behind_two_providers(string before)
    {
        using var tool = new ToolRun { Config = before };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Run(Gateway).ExitCode.ShouldBe(0);

        tool.Run("use openai --yes").ExitCode.ShouldBe(0);

        tool.Config!.Split("\n[model_providers")[0].TrimEnd().ShouldBe(before.TrimEnd());
    }

    [Theory]
    [InlineData("tensormesh", "ollama-gateway")]
    [InlineData("ollama-gateway", "tensormesh")]
    public void Nothing_is_left_after_going_to_and_fro(string first, string second)
    {
        using var tool = new ToolRun { Config = Before };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Run(Gateway).ExitCode.ShouldBe(0);
        foreach (var step in (string[])["use openai --yes", "use tensormesh --yes", "use openai --yes", "use ollama-gateway --yes", "use tensormesh --yes"])
            tool.Run(step).ExitCode.ShouldBe(0, step);
        tool.Config!.ShouldContain("model_context_window = 196608\n");

        tool.Run($"remove-provider {first} --yes").ExitCode.ShouldBe(0);
        tool.Run($"remove-provider {second} --yes").ExitCode.ShouldBe(0);

        tool.Config.ShouldBe(Before);
    }

    [Fact]
    public void A_kept_table_leaves_no_window_behind_when_the_other_provider_goes()
    {
        using var tool = new ToolRun { Config = Before };
        foreach (var step in (string[])["add-provider tensormesh --yes", Gateway, "use openai --yes", "use tensormesh --yes", "remove-provider tensormesh --keep-table --yes", "remove-provider tensormesh --yes", "remove-provider ollama-gateway --yes"])
            tool.Run(step).ExitCode.ShouldBe(0, step);

        tool.Config.ShouldBe(Before);
    }

    [Fact]
    public void A_model_that_is_named_is_not_said_to_stay()
    {
        using var tool = new ToolRun { Config = "model = \"m\"\nmodel_provider = \"p\"\n[model_providers.p]\nname = \"p\"\n" };

        var outcome = tool.Run("use openai --model gpt-5.5 --yes");

        outcome.ExitCode.ShouldBe(0);
        outcome.Error.ShouldBe("");
        tool.Config!.ShouldStartWith("model = \"gpt-5.5\"\n[");
    }
}
