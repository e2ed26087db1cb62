namespace Codex.ConfigTool.Tests.Rollback;

/// <summary>A context window belongs to a model; one that this tool wrote does not outlive its model.</summary>
public sealed class StaleWindowTests
{
    private const string Unknown = "add-provider custom --id other --base-url http://127.0.0.1:1/v1 --model of/mine --no-auth --yes";

    [Fact]
    public void A_window_of_ours_goes_with_its_model_and_comes_back_with_it()
    {
        using var tool = new ToolRun { Config = "model = \"gpt-5.5\"\n" };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        var first = tool.Config;

        var outcome = tool.Run(Unknown);

        outcome.Error.ShouldContain("model_context_window = 196608 was for the model before and goes");
        tool.Config!.ShouldNotContain("model_context_window");
        tool.Run(Unknown).Output.ShouldContain("no change needed");
        tool.Run("remove-provider other --yes").ExitCode.ShouldBe(0);
        tool.Config.ShouldBe(first);
        tool.Run("use tensormesh --model of/mine --yes").ExitCode.ShouldBe(0);
        tool.Config!.ShouldNotContain("model_context_window");
        tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Config.ShouldBe("model = \"gpt-5.5\"\n");
    }

    [Fact]
    public void A_window_of_the_users_stays_and_is_told()
    {
        using var tool = new ToolRun { Config = "model = \"gpt-5.5\"\nmodel_context_window = 1000\n" };

        tool.Run(Unknown).Error.ShouldContain("model_context_window = 1000 was for the model before; give the new one's");

        tool.Config!.ShouldContain("model_context_window = 1000\n");
    }

    [Fact]
    public void A_window_of_ours_that_the_user_changed_is_the_users()
    {
        using var tool = new ToolRun { Config = "" };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Config = tool.Config!.Replace("196608", "100000", StringComparison.Ordinal);

        tool.Run(Unknown).Error.ShouldContain("model_context_window = 100000 was for the model before;");

        tool.Config!.ShouldContain("model_context_window = 100000\n");
    }

    [Fact]
    public void A_users_window_before_ours_comes_back_when_the_provider_goes()
    {
        const string Before = "model = \"gpt-5.5\"\nmodel_context_window = 1000 # mine\n";
        using var tool = new ToolRun { Config = Before };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Run("use tensormesh --model of/mine --yes").ExitCode.ShouldBe(0);
        tool.Config!.ShouldNotContain("model_context_window");

        tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(0);

        tool.Config.ShouldBe(Before);
    }
}
