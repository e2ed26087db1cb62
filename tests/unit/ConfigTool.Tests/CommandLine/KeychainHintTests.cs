using System.Text.Json;
using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.CommandLine;

public sealed class KeychainHintTests
{
    [SkippableTheory]
    [InlineData(null, "secret-tool lookup service tensormesh")]
    [InlineData("pass", "pass show tensormesh")]
    public void Env_names_the_keychain_and_what_it_names_works(string? program, string command)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because other systems have other keychains");
        using var run = new ToolRun();
        run.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(ExitCodes.Done);
        if (program is not null)
            FakeProgram.In(run, program, "echo key");
        run.Variables["PATH"] = run.Variables.GetValueOrDefault("PATH")?.Split(':')[0] ?? run.Folder;

        var outcome = run.Run("env --shell bash");

        outcome.Output.ShouldBe($"read -rs TENSORMESH_INFERENCE_API_KEY; export TENSORMESH_INFERENCE_API_KEY{Environment.NewLine}");
        var told = $"codex-config remove-provider tensormesh && codex-config add-provider tensormesh --auth-command {command}";
        outcome.Error.ShouldContain(told);
        using var json = JsonDocument.Parse(run.Run("env --json").Output);
        json.RootElement.GetProperty("keychain").GetString().ShouldBe(told);
        run.Run("env --quiet").Error.ShouldBeEmpty();

        // The options of this run come first: everything behind --auth-command belongs to the program.
        foreach (var words in told.Split(" && ").Select(c => c.Split(' ')[1..]))
        {
            var done = run.Run([words[0], "--yes", .. words[1..]]);
            done.ExitCode.ShouldBe(ExitCodes.Done, done.Error);
        }

        run.Config!.ShouldContain($"command = \"{command.Split(' ')[0]}\"");
        run.Config!.ShouldNotContain("env_key");
    }
}
