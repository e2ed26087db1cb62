using Codex.ConfigTool.CommandLine;
using Codex.Toml;
using Codex.Toml.Diff;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>Going from one provider to another, and back, touches what the provider is and nothing else.</summary>
public sealed class SwitchStories : IDisposable
{
    private const string Others =
        """
        # everything the tools of others lost
        approval_policy = "never"
        sandbox_mode = 'read-only' # mine
        notify = [ "a",
          "b", ] # rows

        [desktop]
        theme = "dark"

        [mcp_servers.docs]
        command = "npx"
        env = { TOKEN_FILE = "/x" } # in braces

        [memories]
        enabled = true

        [projects."/home/me/x y"]
        trust_level = "trusted"

        [[hooks.Stop]]
        [[hooks.Stop.hooks]]
        type = "command"
        command = "true"

        """;

    private readonly ToolRun _tool = new();

    [Fact]
    public void F10_F34_no_switch_touches_a_setting_that_is_not_the_providers()
    {
        _tool.Config = "model = \"gpt-5.5\" # first\n" + Others;

        foreach (var step in (string[])["add-provider tensormesh", "add-provider openrouter --model a/b", "use tensormesh", "use openai", "use openrouter --model c", "remove-provider tensormesh"])
        {
            var before = TomlDocument.Parse(File.ReadAllBytes(_tool.ConfigPath));

            var outcome = _tool.Run(step + " --yes");

            outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
            SemanticDiff.Compare(before, TomlDocument.Parse(File.ReadAllBytes(_tool.ConfigPath))).Select(d => d.Path.Steps[0].Key)
                .ShouldBeSubsetOf(["model", "model_provider", "model_providers", "model_reasoning_effort", "model_context_window"], step);
            _tool.Config!.ReplaceLineEndings("\n").ShouldContain(Others.ReplaceLineEndings("\n").TrimEnd('\n'), Case.Sensitive, step);
            _tool.Config!.ShouldStartWith("model = ");
            _tool.Config!.ShouldContain("# first");
        }
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show")]
    [InlineData("show t")]
    [InlineData("doctor")]
    [InlineData("diff")]
    [InlineData("env t")]
    [InlineData("profiles list")]
    [InlineData("backup list")]
    [InlineData("undo --list")]
    [InlineData("use openai --dry-run")]
    [InlineData("remove-provider t --dry-run")]
    [InlineData("add-provider tensormesh --dry-run")]
    public void F34_who_only_looks_writes_nothing(string command)
    {
        const string before = "model_provider = \"t\"\nmodel = \"m\"\n[model_providers.t]\nname = \"t\"\nbase_url = \"http://127.0.0.1:9/v1\"\n";
        _tool.Config = before;
        var written = File.GetLastWriteTimeUtc(_tool.ConfigPath);

        _tool.Run(command).Output.ShouldNotContain("Undo: codex-config");

        _tool.Config.ShouldBe(before);
        File.GetLastWriteTimeUtc(_tool.ConfigPath).ShouldBe(written);
        Directory.GetFileSystemEntries(_tool.CodexHome).ShouldBe([_tool.ConfigPath]);
        Directory.Exists(_tool.StatePath).ShouldBeFalse();
    }

    [Fact]
    public void F29_chats_of_other_providers_are_counted_when_the_default_changes()
    {
        _tool.Config = "model = \"gpt-5.5\"\n";
        var day = Directory.CreateDirectory(Path.Combine(_tool.CodexHome, "sessions", "2026", "11", "20")).FullName;
        foreach (var (number, provider) in new[] { (1, "openai"), (2, "openai"), (3, "tensormesh") })
            File.WriteAllText(Path.Combine(day, $"rollout-{number}.jsonl"), $$$"""{"type":"session_meta","payload":{"model_provider":"{{{provider}}}"}}""" + "\n{}\n");
        _tool.Run("add-provider tensormesh --yes --no-default").ExitCode.ShouldBe(ExitCodes.Done);

        var outcome = _tool.Run("use tensormesh --yes");

        outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
        outcome.Output.ShouldContain("2 chats were made with \"openai\"");
        outcome.Output.ShouldContain("codex-config use openai");
        outcome.Output.ShouldNotContain("1 chats");
    }

    [Theory]
    [InlineData("model_provider = \"tensormesh\"\n\n[model_providers.tensormesh]\nname = \"T\"\nbase_url = \"https://serverless.tensormesh.ai/v1\"\n")]
    [InlineData("model_provider = \"tensormesh\"\nmodel_providers.tensormesh = { name = \"T\" }\n")]
    [InlineData("model_provider = \"tensormesh\"\nmodel_providers.tensormesh.name = \"T\"\n")]
    public void F27_a_provider_made_by_hand_goes_without_a_dangling_default(string before)
    {
        _tool.Config = before;

        var outcome = _tool.Run("remove-provider tensormesh --yes --force");

        outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
        _tool.Config!.ShouldNotContain("tensormesh");
    }

    public void Dispose() => _tool.Dispose();
}
