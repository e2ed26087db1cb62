using System.Diagnostics;
using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.Processes;

/// <summary>A process killed at any step leaves the old file or the new one, and the next run settles what it left.</summary>
public sealed class KilledRunTests
{
    private const string Before = "# mine\nmodel = \"a\"\n";
    private const string Next = "add-provider custom --id other --base-url http://127.0.0.1:1/v1 --model m --no-auth --yes";

    [Theory]
    [InlineData("before new backups", false, null)]
    [InlineData("new backups", false, null)]
    [InlineData("before rename journal", false, null)]
    [InlineData("rename journal", false, "before it wrote anything")]
    [InlineData("before new codex-home", false, "before it wrote anything")]
    [InlineData("new codex-home", false, "before it wrote anything")]
    [InlineData("before rename codex-home", false, "before it wrote anything")]
    [InlineData("rename codex-home", true, "after it had written")]
    [InlineData("sync codex-home", true, "after it had written")]
    public void F18_a_killed_process_leaves_one_of_the_two_files(string step, bool isWritten, string? told)
    {
        using var tool = new ToolRun { Config = Before };

        Kill(tool, step);

        if (isWritten)
        {
            tool.Config!.ShouldStartWith("# mine\nmodel = \"MiniMaxAI/MiniMax-M2.5\"\n");
            tool.Config!.ShouldEndWith("env_key = \"TENSORMESH_INFERENCE_API_KEY\"\n");
        }
        else
        {
            tool.Config.ShouldBe(Before);
        }

        var next = tool.Run(Next);

        next.ExitCode.ShouldBe(ExitCodes.Done, next.Error);
        if (told is null)
            next.Error.ShouldNotContain("was cut off");
        else
            next.Error.ShouldContain(told);
        Directory.GetFiles(tool.CodexHome).ShouldBe([tool.ConfigPath]);
        tool.Run("undo --yes").ExitCode.ShouldBe(ExitCodes.Done);
        if (isWritten)
            tool.Run("undo --yes").ExitCode.ShouldBe(ExitCodes.Done);
        tool.Config.ShouldBe(Before);
    }

    /// <summary>Runs the tool up to a step, then kills it as <c>kill -9</c> does.</summary>
    private static void Kill(ToolRun tool, string step)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet",
        [
            typeof(HangingTool).Assembly.Location, step, "add-provider", "tensormesh", "--yes", "--codex-home", tool.CodexHome, "--state-dir", tool.StatePath,
        ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardOutput.ReadLine().ShouldBe(HangingTool.Ready);
        process.Kill();
        process.WaitForExit();
    }
}
