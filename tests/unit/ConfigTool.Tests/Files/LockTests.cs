using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Tests.Files;

/// <summary>A lock that cannot be had ends the run in words, in time, and with nothing written.</summary>
public sealed class LockTests
{
    private const string Before = "model = \"a\"\n";
    private const string Add = "add-provider tensormesh --yes";

    [Fact]
    public void A_run_that_hangs_with_the_lock_is_given_up_on_after_five_seconds()
    {
        var time = new ImpatientTime();
        using var tool = new ToolRun { Config = Before, Time = time };
        Directory.CreateDirectory(tool.StatePath);
        using (FileSystem.Current.OpenLock(LockOf(tool)))
        {
            var outcome = tool.Run(Add);

            outcome.ExitCode.ShouldBe(ExitCodes.ChangedUnderneath);
            outcome.Error.ShouldContain($"another codex-config is at work and holds {LockOf(tool)}; nothing was written");
            outcome.Error.ShouldContain("if it hangs, end it");
        }

        tool.Config.ShouldBe(Before);
        tool.StateFiles.ShouldBe([LockOf(tool)]);
        time.Waited.ShouldBeInRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
        tool.Run(Add).ExitCode.ShouldBe(ExitCodes.Done);
    }

    [Fact]
    public void A_queue_that_never_ends_is_given_up_on_after_a_minute()
    {
        var time = new ImpatientTime();
        var turns = 0;
        var files = new FaultyFiles
        {
            OnLock = path =>
            {
                File.WriteAllText(path, "");
                // Every second somebody else gets it.
                File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(Math.Floor(time.Waited.TotalSeconds)));
                turns++;
                throw new IOException("taken");
            },
        };
        using var tool = new ToolRun { Config = Before, Time = time, Files = files };

        tool.Run(Add).ExitCode.ShouldBe(ExitCodes.ChangedUnderneath);

        time.Waited.ShouldBeInRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61));
        turns.ShouldBeGreaterThan(60);
        tool.Config.ShouldBe(Before);
    }

    private static string LockOf(ToolRun tool) => Path.Combine(tool.StatePath, "lock");
}
