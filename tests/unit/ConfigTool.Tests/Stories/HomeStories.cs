using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>The file that Codex reads is the file that is changed, and only under ids that Codex accepts.</summary>
public sealed class HomeStories : IDisposable
{
    private const string Add = "add-provider tensormesh --yes";
    private readonly ToolRun _tool = new();

    private string UserFile => Path.Combine(_tool.Folder, "user", ".codex", "config.toml");

    [Fact]
    public void F33_CODEX_HOME_wins_over_the_home_directory()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(UserFile)!);
        File.WriteAllText(UserFile, "model = \"untouched\"\n");

        _tool.Run(Add).ExitCode.ShouldBe(ExitCodes.Done);

        _tool.Config!.ShouldContain("[model_providers.tensormesh]");
        File.ReadAllText(UserFile).ShouldBe("model = \"untouched\"\n");
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("ollama")]
    [InlineData("lmstudio")]
    [InlineData("ollama-chat")]
    [InlineData("amazon-bedrock")]
    [InlineData("amazon-bedrock-runtime")]
    [InlineData("gcp")]
    public void F26_an_id_of_Codex_itself_is_refused_before_anything_is_written(string id)
    {
        var outcome = _tool.Run($"add-provider custom --id {id} --base-url http://127.0.0.1:9/v1 --model m --no-auth --yes");

        outcome.ExitCode.ShouldBe(ExitCodes.Conflict, "as for a table of that name in the file");
        outcome.Error.ShouldContain($"'{id}' belongs to Codex itself");
        _tool.Config.ShouldBeNull();
        _tool.StateFiles.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ollama")]
    [InlineData("lmstudio")]
    public void F26_a_built_in_preset_writes_no_table_and_by_the_gateway_another_id(string preset)
    {
        _tool.Run($"add-provider {preset} --model m --yes").ExitCode.ShouldBe(ExitCodes.Done);

        _tool.Config.ShouldBe($"model_provider = \"{preset}\"\nmodel = \"m\"\n");

        _tool.Run($"add-provider {preset} --via-gateway --model m --yes").ExitCode.ShouldBe(ExitCodes.Done);

        _tool.Config!.ShouldContain($"[model_providers.{preset}-gateway]\n");
        _tool.Config!.ShouldNotContain($"[model_providers.{preset}]\n");
    }

    [Theory]
    [InlineData("profiles add fast --provider tensormesh")]
    [InlineData("add-provider tensormesh --profile fast")]
    [InlineData("use tensormesh --profile fast")]
    public void F25_no_profile_file_is_written_for_a_Codex_that_reads_none(string command)
    {
        _tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(ExitCodes.Done);
        var before = _tool.Config;

        var outcome = _tool.Run($"{command} --yes --codex-version 0.131.0");

        outcome.ExitCode.ShouldNotBe(ExitCodes.Done);
        outcome.Error.ShouldContain("0.134");
        _tool.Config.ShouldBe(before);
        Directory.GetFiles(_tool.CodexHome).ShouldBe([_tool.ConfigPath]);
        _tool.Run($"{command} --yes --codex-version 0.134.0").ExitCode.ShouldBe(ExitCodes.Done);
        File.Exists(Path.Combine(_tool.CodexHome, "fast.config.toml")).ShouldBeTrue();
    }

    public void Dispose() => _tool.Dispose();
}
