using System.Text.Json;
using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.CommandLine;

/// <summary>What a script with an unset variable, a slip of the fingers or somebody else's text puts on the command line.</summary>
public sealed class OddArgumentTests
{
    private const string Before = "model = \"a\"\n";

    /// <summary>The words are parted by '|'.</summary>
    [Theory]
    [InlineData("add-provider|tensormesh|--context-window|99999999999999999999", "--context-window takes a number of tokens above 0, such as 131072.")]
    [InlineData("add-provider|tensormesh|--context-window|128k", "--context-window takes a number of tokens above 0, such as 131072.")]
    [InlineData("add-provider|tensormesh|--context-window|", "--context-window takes a number of tokens above 0, such as 131072.")]
    [InlineData("add-provider|tensormesh|--context-window|-5", "--context-window takes a number of tokens above 0, such as 131072.")]
    [InlineData("add-provider|tensormesh|--model| ", "--model may not be empty.")]
    [InlineData("add-provider|tensormesh|--auth-command|", "--auth-command takes a program that prints a key")]
    [InlineData("add-provider|tensormesh|--base-url|http://h/v1\n", "--base-url: the address may not hold blanks or line ends")]
    [InlineData("add-provider|tensormesh|--base-url| http://h/v1", "--base-url: the address may not hold blanks or line ends")]
    [InlineData("add-provider|tensormesh|--set|query_params.a=\"1\"|--set|query_params=\"x\"", "--set query_params and --set query_params.a cannot both be")]
    [InlineData("use|openai|--model|", "--model may not be empty.")]
    [InlineData("profiles|add|p|--provider|openai|--model|", "--model may not be empty.")]
    [InlineData("backup|prune|--keep|x", "--keep takes a number from 0.")]
    [InlineData("backup|prune|--keep|-1", "--keep takes a number from 0.")]
    [InlineData("list|--codex-home|", "--codex-home may not be empty.")]
    [InlineData("list|--file|", "--file may not be empty.")]
    [InlineData("show|--effective|--cwd|", "--cwd may not be empty.")]
    [InlineData("doctor|--with-codex|", "--with-codex may not be empty.")]
    public void Is_refused_in_words_of_our_own(string words, string told)
    {
        using var tool = new ToolRun { Config = Before };
        string[] arguments = words.Split('|');

        var outcome = tool.Run([.. arguments, .. arguments[0] is "add-provider" or "use" ? ["--yes"] : Array.Empty<string>()]);

        outcome.ExitCode.ShouldBe(ExitCodes.Usage);
        outcome.Error.Split('\n')[0].ShouldBe($"codex-config: {told}");
        tool.Config.ShouldBe(Before);
    }

    [Fact]
    public void An_empty_place_for_the_journal_is_refused()
    {
        using var tool = new ToolRun();

        // The run names its own behind it; of two the tool takes none.
        tool.Run("list", "--state-dir", "").ExitCode.ShouldBe(ExitCodes.Usage);
    }

    [Theory]
    [InlineData("profiles add", "hint: codex-config profiles add --help")]
    [InlineData("backup prune --keep x", "hint: codex-config backup prune --help")]
    [InlineData("nonsense", "hint: codex-config --help")]
    public void The_hint_names_the_whole_command(string arguments, string hint)
    {
        using var tool = new ToolRun();

        tool.Run(arguments).Error.ShouldContain(hint);
    }

    [Theory]
    [InlineData("add-provider nobody --json")]
    [InlineData("add-provider deepseek --model m --yes --json")]
    [InlineData("add-provider tensormesh --context-window x --json")]
    [InlineData("profiles add --json")]
    [InlineData("show nobody --json")]
    public void With_json_a_refusal_is_an_object_with_every_field(string arguments)
    {
        using var tool = new ToolRun();

        var outcome = tool.Run(arguments);

        outcome.ExitCode.ShouldBe(ExitCodes.Usage);
        outcome.Error.ShouldBe("");
        using var json = JsonDocument.Parse(outcome.Output);
        json.RootElement.GetProperty("status").GetString().ShouldBe("refused");
        json.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(ExitCodes.Usage);
        json.RootElement.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        foreach (var field in (string[])["schema", "command", "file", "resolved", "changes", "diff", "backup", "operation", "warnings"])
            json.RootElement.TryGetProperty(field, out _).ShouldBeTrue(field);
    }

    /// <summary>A colour, a title, a reversal of the text behind it.</summary>
    [Theory]
    [InlineData("\u001b[31m")]
    [InlineData("\u001b]0;title\u0007")]
    [InlineData("\u202E")]
    [InlineData("\u009b31m")]
    public void What_was_typed_does_not_steer_the_terminal(string steering)
    {
        using var tool = new ToolRun { Config = $"model = \"a\"\n# {steering.Replace("\u001b", "", StringComparison.Ordinal).Replace("\u0007", "", StringComparison.Ordinal)}\n" };
        foreach (var arguments in (string[][])[
            ["use", steering, "--yes"], ["show", steering], ["remove-provider", steering, "--yes"], ["env", steering], ["models", steering], ["doctor", steering], ["undo", steering, "--yes"],
            ["backup", "show", steering], ["add-provider", steering], ["--codex-home", "/" + steering, "list"], ["show", "--effective", "--cwd", "/" + steering],
            ["add-provider", "tensormesh", "--model", steering, "--dry-run"], ["profiles", "remove", steering, "--yes"]])
        {
            var outcome = tool.Run(arguments);

            (outcome.Output + outcome.Error).ShouldNotContain(steering[..1], Case.Sensitive, string.Join(' ', arguments));
        }
    }
}
