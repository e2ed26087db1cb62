namespace Codex.ConfigTool.Tests.Rollback;

public sealed class UndoTests
{
    [Fact]
    public void Undo_takes_back_the_last_operation_then_the_one_before()
    {
        using var tool = new ToolRun { Config = "model = \"a\" # mine\n" };
        tool.Run("add-provider tensormesh --yes");
        var first = tool.Config;
        tool.Run("use openai --yes").ExitCode.ShouldBe(0);
        tool.Config!.ShouldNotContain("model_provider =");

        tool.Run("undo --yes").ExitCode.ShouldBe(0);
        tool.Config.ShouldBe(first);
        tool.Run("undo --yes").ExitCode.ShouldBe(0);
        tool.Config.ShouldBe("model = \"a\" # mine\n");
        tool.Run("undo --yes").ExitCode.ShouldBe(10);
    }

    [Fact]
    public void Undo_of_a_removal_brings_the_provider_back()
    {
        using var tool = new ToolRun { Config = "model = \"a\"\n" };
        tool.Run("add-provider tensormesh --yes");
        var added = tool.Config;
        tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(0);

        tool.Run("undo --yes").ExitCode.ShouldBe(0);

        tool.Config.ShouldBe(added);
    }

    [Fact]
    public void Undo_leaves_a_provider_alone_that_was_added_by_hand_since()
    {
        using var tool = new ToolRun { Config = "model = \"a\"\n" };
        tool.Run("add-provider tensormesh --yes");
        tool.Config += "\n[model_providers.mine]\nname = \"mine\"\n";

        tool.Run("undo --yes").ExitCode.ShouldBe(0);

        tool.Config.ShouldBe("model = \"a\"\n\n[model_providers.mine]\nname = \"mine\"\n");
    }

    [Fact]
    public void Undo_refuses_when_the_value_was_changed_since()
    {
        using var tool = new ToolRun { Config = "model = \"a\"\n" };
        tool.Run("add-provider tensormesh --yes");
        tool.Config = tool.Config!.Replace("MiniMaxAI/MiniMax-M2.5", "other", StringComparison.Ordinal);
        var before = tool.Config;

        var outcome = tool.Run("undo --yes");

        outcome.ExitCode.ShouldBe(10);
        outcome.Error.ShouldContain("model");
        tool.Config.ShouldBe(before);
    }

    [Fact]
    public void A_file_that_was_not_there_is_gone_again()
    {
        using var tool = new ToolRun();
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);

        tool.Run("undo --yes").ExitCode.ShouldBe(0);

        File.Exists(tool.ConfigPath).ShouldBeFalse();
    }

    [Fact]
    public void Use_brings_back_the_model_that_was_used_with_the_provider()
    {
        using var tool = new ToolRun { Config = "model = \"gpt-5.5\"\n" };
        tool.Run("add-provider tensormesh --model openai/gpt-oss-20b --yes");
        tool.Run("use openai --yes");
        tool.Config!.ShouldContain("model = \"gpt-5.5\"");

        tool.Run("use tensormesh --yes").ExitCode.ShouldBe(0);

        tool.Config!.ShouldContain("model = \"openai/gpt-oss-20b\"");
        tool.Config!.ShouldContain("model_context_window = 131072");
        tool.Config!.ShouldContain("model_provider = \"tensormesh\"");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"id\":\"abc\",\"tool\":\"1\",\"command\":\"use\",\"state\":\"Committed\",\"files\":[null]}")]
    [InlineData("{\"id\":\"abc\",\"tool\":\"1\",\"command\":\"use\",\"state\":\"Committed\",\"files\":[{\"path\":\"/x\",\"realPath\":\"/x\",\"values\":[],\"splices\":[],\"inverse\":[{\"new\":\"no base64!\"}]}]}")]
    public void A_note_that_something_chewed_on_stops_nothing(string note)
    {
        using var tool = new ToolRun { Config = "model = \"a\"\n" };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        File.WriteAllText(Path.Combine(tool.StatePath, "journal", "99990101T000000000-abc.json"), note);

        tool.Run("undo abc --yes").ExitCode.ShouldBe(10);
        tool.Run("undo --list").ExitCode.ShouldBe(0);
        tool.Run("backup list").ExitCode.ShouldBe(0);
        tool.Run("undo --yes").ExitCode.ShouldBe(0);

        tool.Config.ShouldBe("model = \"a\"\n");
    }
}
