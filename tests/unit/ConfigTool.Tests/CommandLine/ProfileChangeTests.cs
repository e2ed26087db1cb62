namespace Codex.ConfigTool.Tests.CommandLine;

public sealed class ProfileChangeTests
{
    private const string Table = """

        [model_providers.tensormesh]
        name = "tensormesh"
        base_url = "https://serverless.tensormesh.ai/v1"
        wire_api = "responses"
        env_key = "TENSORMESH_INFERENCE_API_KEY"

        """;

    private const string Keys = """
        model_provider = "tensormesh"
        model = "MiniMaxAI/MiniMax-M2.5"
        model_reasoning_effort = "medium"
        model_context_window = 196608

        """;

    [Fact]
    public void A_provider_for_a_profile_has_its_table_in_the_configuration_and_its_default_in_the_profile()
    {
        using var tool = new ToolRun { Config = "model = \"gpt-5.5\"\n" };

        var outcome = tool.Run("add-provider tensormesh --profile tm --yes");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        tool.Config.ShouldBe("model = \"gpt-5.5\"\n" + Table);
        Read(tool, "tm").ShouldBe(Keys);
        tool.Run("add-provider tensormesh --profile tm --yes").Output.ShouldContain("no change needed");
        tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Config.ShouldBe("model = \"gpt-5.5\"\n");
        File.Exists(PathOf(tool, "tm")).ShouldBeFalse();
    }

    [Fact]
    public void A_profile_that_was_there_keeps_its_bytes_when_the_provider_is_added_and_removed()
    {
        const string Profile = "\uFEFF# mine\r\nmodel = 'gpt-5.5' # keep\r\n[tui]\r\ntheme = \"x\"";
        using var tool = new ToolRun { Config = "" };
        File.WriteAllText(PathOf(tool, "tm"), Profile);

        tool.Run("add-provider tensormesh --profile tm --minimal-tools --yes").ExitCode.ShouldBe(0);
        Read(tool, "tm").ShouldBe("\uFEFF# mine\r\nmodel = \"MiniMaxAI/MiniMax-M2.5\" # keep\r\nmodel_provider = \"tensormesh\"\r\nmodel_reasoning_effort = \"medium\"\r\nmodel_context_window = 196608\r\n"
            + "web_search = \"disabled\"\r\n[tui]\r\ntheme = \"x\"\r\n\r\n[agents]\r\nenabled = false\r\n\r\n[features]\r\ngoals = false");
        tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(0);

        Read(tool, "tm").ShouldBe(Profile);
        tool.Config.ShouldBe("");
    }

    [Fact]
    public void Profiles_that_name_a_removed_provider_are_counted_and_left_alone()
    {
        using var tool = new ToolRun { Config = "[profiles.old]\nmodel_provider = \"tensormesh\"\n" };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        tool.Run("profiles add b --provider tensormesh --yes").ExitCode.ShouldBe(0);
        File.WriteAllText(PathOf(tool, "a"), "model_provider = 'tensormesh'\n");
        File.WriteAllText(PathOf(tool, "c"), "model_provider = 'openai'\n");

        var outcome = tool.Run("remove-provider tensormesh --yes");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Error.ShouldContain("2 profiles with \"tensormesh\" will not start without it: a, b;");
        outcome.Error.ShouldContain("1 profile with \"tensormesh\" in [profiles] of config.toml: old");
        Read(tool, "a").ShouldBe("model_provider = 'tensormesh'\n");
        Read(tool, "b").ShouldBe(Keys);
        tool.Run("undo --yes").ExitCode.ShouldBe(0);
        tool.Run("remove-provider tensormesh --keep-table --yes").Error.ShouldNotContain("will not start");
    }

    [Fact]
    public void A_default_of_a_profile_that_was_changed_afterwards_goes_back_value_by_value()
    {
        using var tool = new ToolRun { Config = "" };
        File.WriteAllText(PathOf(tool, "tm"), "model_provider = \"openai\"\nmodel = \"gpt-5.5\"\n");
        tool.Run("add-provider tensormesh --profile tm --yes").ExitCode.ShouldBe(0);
        File.AppendAllText(PathOf(tool, "tm"), "approval_policy = \"never\" # mine\n");

        tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(0);

        Read(tool, "tm").ShouldBe("model_provider = \"openai\"\nmodel = \"gpt-5.5\"\napproval_policy = \"never\" # mine\n");
    }

    [Fact]
    public void Use_changes_a_profile_and_names_the_default_of_Codex_there()
    {
        using var tool = new ToolRun { Config = "" };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        var config = tool.Config;

        tool.Run("use openai --profile work --model gpt-5.5 --yes").ExitCode.ShouldBe(0);

        Read(tool, "work").ShouldBe("model_provider = \"openai\"\nmodel = \"gpt-5.5\"\n");
        tool.Run("use openai --profile work --model gpt-5.5 --dry-run").Error.ShouldContain("model_context_window = 196608 of config.toml holds for this profile as well");
        tool.Run("use tensormesh --profile work --yes").ExitCode.ShouldBe(0);
        Read(tool, "work").ShouldBe(Keys);
        tool.Config.ShouldBe(config);
        tool.Run("use nobody --profile work --yes").ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("profiles add tm --provider tensormesh --yes", Keys)]
    [InlineData("profiles add tm --provider tensormesh --model openai/gpt-oss-20b --yes", "model_provider = \"tensormesh\"\nmodel = \"openai/gpt-oss-20b\"\nmodel_reasoning_effort = \"medium\"\nmodel_context_window = 131072\n")]
    [InlineData("profiles add tm --provider ollama --model qwen3:8b --yes", "model_provider = \"ollama\"\nmodel = \"qwen3:8b\"\n")]
    public void A_new_profile_names_provider_and_model(string arguments, string expected)
    {
        using var tool = new ToolRun { Config = Table };

        tool.Run(arguments).ExitCode.ShouldBe(0);

        Read(tool, "tm").ShouldBe(expected);
        tool.Config.ShouldBe(Table);
        tool.Run(arguments).Output.ShouldContain("no change needed");
        tool.Run("profiles add tm --provider openai --yes").ExitCode.ShouldBe(4);
        tool.Run("undo --yes").ExitCode.ShouldBe(0);
        File.Exists(PathOf(tool, "tm")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("profiles add a/b --provider openai --yes", "letters, digits")]
    [InlineData("profiles add .. --provider openai --yes", "letters, digits")]
    [InlineData("add-provider tensormesh --profile ../x --yes", "letters, digits")]
    [InlineData("use openai --profile a.b --yes", "letters, digits")]
    [InlineData("profiles add x --provider nobody --yes", "has no provider 'nobody'")]
    [InlineData("profiles add x --yes", "--provider")]
    [InlineData("profiles remove nobody --yes", "there is no profile 'nobody'")]
    [InlineData("profiles migrate nobody --yes", "has no [profiles.nobody]")]
    [InlineData("add-provider tensormesh --profile x --no-default --yes", "--no-default leaves nothing for --profile")]
    [InlineData("profiles add x --provider openai --codex-version 0.131.0 --yes", "Codex 0.131.0 knows no profile files")]
    [InlineData("profiles migrate x --codex-version 0.131.0 --yes", "Codex 0.131.0 knows no profile files")]
    [InlineData("use openai --profile x --codex-version 0.131.0 --yes", "Codex 0.131.0 knows no profile files")]
    [InlineData("add-provider tensormesh --profile x --codex-version 0.131.0 --yes", "Codex 0.131.0 knows no profile files")]
    public void What_makes_no_profile_is_refused(string arguments, string reason)
    {
        using var tool = new ToolRun { Config = "" };

        var outcome = tool.Run(arguments);

        outcome.ExitCode.ShouldBe(2, outcome.Error);
        outcome.Error.ShouldContain(reason);
        Directory.GetFileSystemEntries(tool.CodexHome).ShouldBe([tool.ConfigPath]);
    }

    [Fact]
    public void A_table_moves_into_a_file_with_its_comments_and_the_choice_of_it_goes()
    {
        const string Config = "# mine\nprofile = \"fast\"\nmodel = \"gpt-5.5\"\n\n# fast one\n[profiles.fast] # behind\nmodel = 'm' # c\n\n[profiles.fast.tools]\nview_image = true\n\n# about the screen\n[tui]\n";
        using var tool = new ToolRun { Config = Config };

        var outcome = tool.Run("profiles migrate fast --yes");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Error.ShouldContain("codex -p fast");
        tool.Config.ShouldBe("# mine\nmodel = \"gpt-5.5\"\n\n# about the screen\n[tui]\n");
        Read(tool, "fast").ShouldBe("# fast one\n# behind\nmodel = 'm' # c\n\n[tools]\nview_image = true\n");
        tool.Run("undo --yes").ExitCode.ShouldBe(0);
        tool.Config.ShouldBe(Config);
        File.Exists(PathOf(tool, "fast")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("profiles.x.model = 'm'\n", "model = 'm'\n", "")]
    [InlineData("profiles = { x = { model = 'm' }, y = { model = 'n' } }\n", "model = 'm'\n", "profiles = { y = { model = 'n' } }\n")]
    [InlineData("[profiles]\r\nx = { model = 'm' } # c\r\n", "model = 'm'\r\n", "[profiles]\r\n")]
    [InlineData("[profiles.x]\n", "", "")]
    public void Every_spelling_of_the_table_moves(string config, string profile, string left)
    {
        using var tool = new ToolRun { Config = config };

        tool.Run("profiles migrate x --yes").ExitCode.ShouldBe(0);

        Read(tool, "x").ShouldBe(profile);
        tool.Config.ShouldBe(left);
        tool.Run("undo --yes").ExitCode.ShouldBe(0);
        tool.Config.ShouldBe(config);
    }

    [Theory]
    [InlineData("model = \"m\" # the same\n", 0)]
    [InlineData("model = \"other\"\n", 4)]
    public void A_file_that_is_there_is_never_overwritten(string file, int exitCode)
    {
        using var tool = new ToolRun { Config = "[profiles.x]\nmodel = 'm'\n" };
        File.WriteAllText(PathOf(tool, "x"), file);

        tool.Run("profiles migrate x --yes").ExitCode.ShouldBe(exitCode);

        Read(tool, "x").ShouldBe(file);
        tool.Config.ShouldBe(exitCode == 0 ? "" : "[profiles.x]\nmodel = 'm'\n");
    }

    [Fact]
    public void A_profile_is_removed_and_comes_back_with_its_rights()
    {
        using var tool = new ToolRun { Config = "profile = \"a b\"\n[profiles.\"a b\"]\nmodel = 'm'\n" };
        File.WriteAllText(PathOf(tool, "x"), "model = 'm'\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf(tool, "x"), (UnixFileMode)0b110_100_100);

        tool.Run("profiles remove x --yes").Output.ShouldContain("The file is removed.");
        File.Exists(PathOf(tool, "x")).ShouldBeFalse();
        tool.Run("undo --yes").ExitCode.ShouldBe(0);

        Read(tool, "x").ShouldBe("model = 'm'\n");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(PathOf(tool, "x")).ShouldBe((UnixFileMode)0b110_100_100);
        tool.Run("profiles", "remove", "a b", "--yes").ExitCode.ShouldBe(0);
        tool.Config.ShouldBe("");
    }

    [SkippableFact]
    public void A_profile_that_is_a_link_is_left_to_the_user()
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because links need a right of their own on Windows");
        using var tool = new ToolRun { Config = "" };
        var target = Path.Combine(tool.Folder, "dotfiles.toml");
        File.WriteAllText(target, "model = 'm'\n");
        File.CreateSymbolicLink(PathOf(tool, "x"), target);

        tool.Run("profiles remove x --yes").ExitCode.ShouldBe(6);
        tool.Run("use openai --profile x --yes").ExitCode.ShouldBe(0);

        File.ReadAllText(target).ShouldBe("model = 'm'\nmodel_provider = \"openai\"\n");
        new FileInfo(PathOf(tool, "x")).LinkTarget.ShouldBe(target);
    }

    [Fact]
    public void Two_names_of_one_file_are_not_written_twice()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var tool = new ToolRun { Config = "" };
        File.CreateSymbolicLink(PathOf(tool, "x"), tool.ConfigPath);

        tool.Run("add-provider tensormesh --profile x --yes").ExitCode.ShouldBe(6);

        tool.Config.ShouldBe("");
    }

    private static string PathOf(ToolRun tool, string name) => Path.Combine(tool.CodexHome, $"{name}.config.toml");

    private static string Read(ToolRun tool, string name) => System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(PathOf(tool, name)));
}
