using System.Diagnostics;
using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>Several processes at once lose nothing.</summary>
public sealed class ConcurrencyStories
{
    private const string Before = "model = \"a\" # mine\r\n";
    private const int Runs = 16;

    [Fact]
    public async Task F20_sixteen_runs_at_once_in_processes_of_their_own_keep_sixteen_providers()
    {
        using var tool = new ToolRun();
        tool.Config = Before;
        var running = Enumerable.Range(0, Runs).Select(number => Start(tool, number)).ToList();
        // All must have ended before the first one is judged: the folder is removed behind that.
        var ended = await Task.WhenAll(running.Select(EndAsync));

        ended.ShouldAllBe(run => run.ExitCode == ExitCodes.Done);

        var config = tool.Config!;
        config.ShouldStartWith(Before);
        for (var number = 0; number < Runs; number++)
            config.ShouldContain($"\r\n[model_providers.p{number}]\r\nname = \"p{number}\"\r\nbase_url = \"http://127.0.0.1:{9000 + number}/v1\"\r\n");
        Directory.GetFiles(tool.CodexHome).ShouldBe([tool.ConfigPath]);
        Directory.GetFiles(Path.Combine(tool.StatePath, "journal")).Length.ShouldBe(Runs);
        Directory.GetFiles(Path.Combine(tool.StatePath, "backups")).Length.ShouldBe(Runs);
    }

    private static async Task<(int ExitCode, string Error)> EndAsync(Process process)
    {
        using (process)
        {
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, error);
        }
    }

    private static Process Start(ToolRun tool, int number) => Process.Start(new ProcessStartInfo("dotnet",
    [
        Path.Combine(AppContext.BaseDirectory, "codex-config.dll"), "add-provider", "custom", "--id", $"p{number}",
        "--base-url", $"http://127.0.0.1:{9000 + number}/v1", "--no-auth", "--no-default", "--yes", "--quiet",
        "--codex-home", tool.CodexHome, "--state-dir", tool.StatePath,
    ])
    {
        UseShellExecute = false,
        RedirectStandardError = true,
    })!;
}
