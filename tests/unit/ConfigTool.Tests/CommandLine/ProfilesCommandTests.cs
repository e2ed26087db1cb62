using System.Text.Json;

namespace Codex.ConfigTool.Tests.CommandLine;

public sealed class ProfilesCommandTests
{
    [Fact]
    public void Profiles_are_listed_with_provider_and_model()
    {
        using var run = Home();

        run.Run("profiles list").Output.ReplaceLineEndings("\n").ShouldBe("""
            bad: cannot be read: codex-config profiles show says why
            fast: provider t, model as in config.toml
            old: provider as in config.toml, model m (in config.toml, where Codex 0.134 and later do not look; codex-config profiles migrate moves it)

            """.ReplaceLineEndings("\n"));
        using var json = JsonDocument.Parse(run.Run("profiles list --json").Output);
        json.RootElement.GetProperty("profiles").EnumerateArray().Select(p => $"{p.GetProperty("name")} {p.GetProperty("legacy")} {p.GetProperty("valid")}")
            .ShouldBe(["bad False False", "fast False True", "old True True"]);
    }

    [Fact]
    public void A_profile_is_shown_as_it_is_but_for_secrets()
    {
        using var run = Home();

        var outcome = run.Run("profiles show fast");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Output.ShouldStartWith("model_provider = \"t\" # mine");
        outcome.Output.ShouldNotContain("0123456789abcdef");
    }

    [Theory]
    [InlineData("none", 2, "there is no profile 'none'")]
    [InlineData("../codex-home/fast", 2, "there is no profile")]
    [InlineData("bad", 5, "bad.config.toml:1:")]
    public void What_cannot_be_shown_is_refused(string name, int exitCode, string reason)
    {
        using var run = Home();

        var outcome = run.Run($"profiles show {name}");

        outcome.ExitCode.ShouldBe(exitCode);
        outcome.Error.ShouldContain(reason);
    }

    [Fact]
    public void No_profiles_are_no_fault()
    {
        using var run = new ToolRun();

        run.Run("profiles list").Output.ShouldStartWith("There are no profiles.");
    }

    private static ToolRun Home()
    {
        var run = new ToolRun { Config = "model = \"x\"\n[profiles.old]\nmodel = \"m\"\n" };
        File.WriteAllText(Path.Combine(run.CodexHome, "fast.config.toml"), "model_provider = \"t\" # mine\nexperimental_bearer_token = \"0123456789abcdef\"\n");
        File.WriteAllText(Path.Combine(run.CodexHome, "bad.config.toml"), "a = \n");
        return run;
    }
}
