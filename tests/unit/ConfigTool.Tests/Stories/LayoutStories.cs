using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>What other tools did to the text around their change; every line that is not the plan's is still there, in its place.</summary>
public sealed class LayoutStories : IDisposable
{
    private const string Root = "model_provider = \"tensormesh\"\nmodel_reasoning_effort = \"medium\"\nmodel_context_window = 196608\n";
    private const string Keys = "base_url = \"https://serverless.tensormesh.ai/v1\"\nwire_api = \"responses\"\nenv_key = \"TENSORMESH_INFERENCE_API_KEY\"\n";
    private const string Table = "[model_providers.tensormesh]\nname = \"tensormesh\"\n" + Keys;
    private readonly ToolRun _tool = new();

    [Fact]
    public void F01_comments_unknown_keys_and_layout_of_other_sections_stay()
    {
        const string servers = "[mcp_servers.a]\ncommand = \"x\" # why\nargs = [ \"1\",\n  \"2\" ] # rows\nstartup_timeout_sec = 30\nunknown = 1_000\n# about b\n[mcp_servers.b]\ncommand = \"y\"\n";

        After("model = \"m\"\n" + servers).ShouldBe("model = \"MiniMaxAI/MiniMax-M2.5\"\n" + Root + servers + "\n" + Table);
    }

    [Fact]
    public void F02_dotted_lines_around_the_model_keep_their_order() =>
        After("tui.theme = \"x\"\nmodel = \"m\"\ntui.notifications = true\n")
            .ShouldBe("tui.theme = \"x\"\nmodel = \"MiniMaxAI/MiniMax-M2.5\"\n" + Root + "tui.notifications = true\n\n" + Table);

    [Fact]
    public void F03_every_line_of_a_CR_LF_file_ends_so() =>
        After("model = \"m\"\r\n[tui]\r\ntheme = \"x\"\r\n")
            .ShouldBe(("model = \"MiniMaxAI/MiniMax-M2.5\"\n" + Root + "[tui]\ntheme = \"x\"\n\n" + Table).Replace("\n", "\r\n", StringComparison.Ordinal));

    [Fact]
    public void F04_a_byte_order_mark_stays_first_and_single()
    {
        var after = After("\uFEFF[tui]\ntheme = \"x\"\n");

        after.ShouldStartWith("\uFEFFmodel_provider = ", Case.Sensitive);
        after.LastIndexOf('\uFEFF').ShouldBe(0);
    }

    [Fact]
    public void F05_a_missing_line_end_at_the_end_stays_missing() =>
        After("[tui]\ntheme = \"x\"").ShouldEndWith("theme = \"x\"\n\n" + Table.TrimEnd('\n'));

    [Fact]
    public void F06_a_banner_stays_above_the_keys_and_the_comment_of_a_section_with_it() =>
        After("# banner\n\n# about tui\n[tui]\ntheme = \"x\"\n")
            .ShouldBe("# banner\n\n" + "model_provider = \"tensormesh\"\nmodel = \"MiniMaxAI/MiniMax-M2.5\"\nmodel_reasoning_effort = \"medium\"\nmodel_context_window = 196608\n\n# about tui\n[tui]\ntheme = \"x\"\n\n" + Table);

    [Fact]
    public void F07_an_inline_table_stays_inline_with_its_comment() =>
        After("model_providers = { a = { name = \"a\" } } # c\n")
            .ShouldContain("model_providers = { a = { name = \"a\" }, tensormesh = { name = \"tensormesh\", base_url = \"https://serverless.tensormesh.ai/v1\", wire_api = \"responses\", env_key = \"TENSORMESH_INFERENCE_API_KEY\" } } # c\n");

    [Fact]
    public void F08_a_dotted_line_stays_dotted_with_its_comment()
    {
        var after = After("model_providers.tensormesh.name = \"mine\" # c\n");

        after.ShouldStartWith("model_providers.tensormesh.name = \"mine\" # c\nmodel_providers.tensormesh.base_url = ");
        after.ShouldNotContain("[model_providers");
    }

    [Fact]
    public void F09_the_new_table_stands_apart_from_its_neighbours() =>
        After("[model_providers.a]\nname = \"a\"\n# tail of a\n\n[tui]\ntheme = \"x\"\n")
            .ShouldEndWith("# tail of a\n\n" + Table + "\n[tui]\ntheme = \"x\"\n");

    [Fact]
    public void F12_root_keys_never_land_in_the_last_table()
    {
        const string features = "[features]\ngoals = false\n\n[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ntype = \"command\"\ncommand = \"true\"\n";

        After(features).ShouldBe("model_provider = \"tensormesh\"\nmodel = \"MiniMaxAI/MiniMax-M2.5\"\nmodel_reasoning_effort = \"medium\"\nmodel_context_window = 196608\n\n" + features + "\n" + Table);
    }

    [Theory]
    [InlineData("[ model_providers . \"tensormesh\" ] # c\n")]
    [InlineData("[model_providers.'tensormesh']\n")]
    [InlineData("[\"model_providers\".\"tensor\\u006desh\"]\n")]
    public void F22_another_spelling_of_the_table_is_the_table(string header) =>
        After(header + "name = \"tensormesh\"\n").ShouldEndWith(header + "name = \"tensormesh\"\n" + Keys);

    [Fact]
    public void F23_headers_within_strings_and_arrays_are_text()
    {
        const string text = "developer_instructions = '''\n[model_providers.tensormesh]\n'''\nnotify = [\n\"[tui]\",\n]\n";

        After(text).ShouldBe(text + "model_provider = \"tensormesh\"\nmodel = \"MiniMaxAI/MiniMax-M2.5\"\nmodel_reasoning_effort = \"medium\"\nmodel_context_window = 196608\n\n" + Table);
    }

    [Fact]
    public void F24_a_profile_of_older_Codex_is_told_and_never_written()
    {
        var (after, error) = Run("profile = \"old\"\n[profiles.old]\nmodel = \"o\"\n");

        error.ShouldContain("profile");
        after.ShouldContain("profile = \"old\"\n");
        after.Split("profile").Length.ShouldBe("profile = \"old\"\n[profiles.old]\n".Split("profile").Length);
    }

    [Fact]
    public void F32_models_of_other_tables_are_not_the_model()
    {
        const string other = "[profiles.x]\nmodel = \"mine\"\n\n[agents.reviewer]\nmodel = \"mine too\"\n";

        After("model = \"m\"\n\n" + other).ShouldBe("model = \"MiniMaxAI/MiniMax-M2.5\"\n" + Root + "\n" + other + "\n" + Table);
    }

    [Fact]
    public void F35_a_bad_escape_is_shown_where_it_is_with_the_way_out()
    {
        const string before = "model = \"m\"\nsqlite_home = \"C:\\dir\"\n";
        _tool.Config = before;

        var outcome = _tool.Run("add-provider tensormesh --yes");

        outcome.ExitCode.ShouldBe(ExitCodes.InvalidConfiguration);
        outcome.Error.ShouldContain("config.toml:2:");
        outcome.Error.ShouldContain("sqlite_home = \"C:\\dir\"");
        outcome.Error.ShouldContain("^");
        outcome.Error.ShouldContain("'");
        _tool.Config.ShouldBe(before);
        _tool.StateFiles.ShouldBeEmpty();
    }

    [Fact]
    public void F37_names_in_brackets_are_printed_as_they_are()
    {
        _tool.Config = "[model_providers.\"[red]x[/]\"]\nname = \"[bold]\"\n";

        var outcome = _tool.Run("add-provider tensormesh --yes --diff");

        outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
        outcome.Output.ShouldContain("[model_providers.\"[red]x[/]\"]");
        outcome.Output.ShouldContain("+[model_providers.tensormesh]");
    }

    public void Dispose() => _tool.Dispose();

    private string After(string before) => Run(before).After;

    private (string After, string Error) Run(string before)
    {
        _tool.Config = before;
        var outcome = _tool.Run("add-provider tensormesh --yes");
        outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
        return (_tool.Config!, outcome.Error);
    }
}
