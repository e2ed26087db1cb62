using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Installation;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>What a version of Codex does not know is not written for it.</summary>
public sealed class VersionStories : IDisposable
{
    private readonly ToolRun _tool = new();

    [Theory]
    [InlineData("0.128.0", false)]
    [InlineData("0.155.1", false)]
    [InlineData("0.160.1", true)]
    [InlineData("0.169.0", true)]
    public void The_catalogue_is_written_for_versions_that_read_it(string version, bool isWritten)
    {
        var outcome = _tool.Run($"add-provider gateway --model m --codex-version {version} --yes");

        outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
        _tool.Config!.Contains("model_catalog_url", StringComparison.Ordinal).ShouldBe(isWritten);
        outcome.Error.Contains($"model_catalog_url was left away: it needs Codex 0.160.0, and this one is {version}", StringComparison.Ordinal).ShouldBe(!isWritten);
    }

    [Theory]
    [InlineData("0.131.0", false)]
    [InlineData("0.134.0", true)]
    public void The_switch_for_agents_is_written_for_versions_that_start_with_it(string version, bool isWritten)
    {
        var outcome = _tool.Run($"add-provider llamacpp --model m --minimal-tools --codex-version {version} --yes");

        outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
        _tool.Config!.Contains("[agents]", StringComparison.Ordinal).ShouldBe(isWritten);
        _tool.Config!.ShouldContain("goals = false");
        outcome.Error.Contains("agents.enabled was left away", StringComparison.Ordinal).ShouldBe(!isWritten);
        outcome.Error.ShouldNotContain("leave --minimal-tools away");
    }

    [Fact]
    public void The_codex_of_the_machine_is_asked_for_its_version()
    {
        FakeProgram.In(_tool, "codex", "echo codex-cli 0.144.3");

        var outcome = _tool.Run("add-provider gateway --model m --yes");

        outcome.Error.ShouldContain("this one is 0.144.3");
        _tool.Config!.ShouldNotContain("model_catalog_url");
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("echo something else")]
    public void A_codex_that_does_not_tell_its_version_keeps_nothing_back(string script)
    {
        FakeProgram.In(_tool, "codex", script);

        _tool.Run("add-provider gateway --model m --yes").ExitCode.ShouldBe(ExitCodes.Done);

        _tool.Config!.ShouldContain("model_catalog_url");
    }

    [Fact]
    public void What_the_user_types_is_written_with_a_warning()
    {
        var outcome = _tool.Run("add-provider", "gateway", "--model", "m", "--set", "model_catalog_url=\"http://127.0.0.1:9/v1/models\"", "--codex-version", "0.131.0", "--yes");

        outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
        _tool.Config!.ShouldContain("model_catalog_url");
        outcome.Error.ShouldContain("model_catalog_url is known to Codex from 0.160.0 on");
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("1")]
    public void A_version_that_is_none_is_a_usage_error(string version) =>
        _tool.Run($"list --codex-version {version}").ExitCode.ShouldBe(ExitCodes.Usage);

    /// <summary>Whatever the version: the keys that later versions refuse are only ever the user's.</summary>
    [Theory]
    [InlineData("0.128.0")]
    [InlineData("0.134.0")]
    [InlineData("0.169.0")]
    public void F24_profiles_inside_the_file_are_told_of_and_never_written(string version)
    {
        const string Own = "profile = \"old\"\n\n[profiles.old]\nmodel = \"x\"\n";
        _tool.Config = Own;

        var outcome = _tool.Run($"add-provider tensormesh --codex-version {version} --yes");

        outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
        outcome.Error.ShouldContain("profile");
        var added = _tool.Config!.Split('\n').Except(Own.Split('\n'), StringComparer.Ordinal);
        added.ShouldAllBe(l => !l.StartsWith("profile", StringComparison.Ordinal) && !l.StartsWith("[profiles", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("codex-cli 0.169.0\n", "0.169.0")]
    [InlineData("codex-cli 0.170.0-alpha.3", "0.170.0")]
    [InlineData("WARNING: x\ncodex-cli 0.131.0", "0.131.0")]
    [InlineData("codex", null)]
    [InlineData("", null)]
    public void A_version_is_read_out_of_what_codex_says(string said, string? version) =>
        (CodexVersions.Read(said)?.ToString()).ShouldBe(version);

    public void Dispose() => _tool.Dispose();
}
