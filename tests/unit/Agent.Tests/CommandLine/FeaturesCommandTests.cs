using System.Collections.Immutable;
using Codex.Agent.CommandLine;
using Codex.Agent.Configuration;

namespace Codex.Agent.Tests.CommandLine;

public sealed class FeaturesCommandTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("features").FullName;

    private string Config => Path.Combine(_home, "config.toml");

    [Fact]
    public async Task What_is_on_and_off_is_listed_in_columns()
    {
        await File.WriteAllTextAsync(Config, "[features]\nunified_exec = false\n");

        (await RunAsync("list")).ShouldBe((0, "shell_tool    stable  true\nunified_exec  stable  false\n", ""));
        (await RunAsync("list", "-c", "features.unified_exec=true")).Output.ShouldBe("shell_tool    stable  true\nunified_exec  stable  true\n");
        (await RunAsync("list", "--all")).Output.ShouldMatch("(?m)^goals +not here  false$");
    }

    [Fact]
    public async Task A_feature_is_set_and_everything_else_stays()
    {
        await File.WriteAllTextAsync(Config, "# mine\nmodel = 'x'   # keep\n\n[features] # these\ngoals = true\n");

        (await RunAsync("disable", "unified_exec")).ShouldBe((0, "Disabled feature `unified_exec` in config.toml.\n", ""));
        (await RunAsync("enable", "unified_exec")).Output.ShouldBe("Enabled feature `unified_exec` in config.toml.\n");

        (await File.ReadAllTextAsync(Config)).ShouldBe("# mine\nmodel = 'x'   # keep\n\n[features] # these\ngoals = true\nunified_exec = true\n");
    }

    [Fact]
    public async Task A_feature_of_Codex_alone_is_set_and_said_to_change_nothing_here()
    {
        (await RunAsync("enable", "goals")).ShouldBe((0, "Enabled feature `goals` in config.toml.\n", "codex-agent: only Codex has it; here it changes nothing.\n"));

        (await File.ReadAllTextAsync(Config)).ShouldBe("[features]\ngoals = true\n");
    }

    [Fact]
    public async Task A_feature_nobody_knows_is_refused_and_nothing_written()
    {
        (await RunAsync("enable", "unified_exce")).ShouldBe((1, "", "codex-agent: Unknown feature flag: unified_exce. codex-agent features list --all shows the names.\n"));

        File.Exists(Config).ShouldBeFalse();
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var around = new Surroundings(_home, _home, ImmutableDictionary<string, string>.Empty.Add("CODEX_HOME", _home)) { SystemDirectory = Path.Combine(_home, "etc") };
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await FeaturesCommand.Create(around).Parse(arguments).InvokeAsync(new() { Output = output, Error = error });
        return (exitCode, output.ToString(), error.ToString());
    }
}
