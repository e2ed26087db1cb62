using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;

namespace Codex.ConfigTool.Tests.Files;

/// <summary>What is written for Windows, run wherever the tests run: the steps and what follows their failures, not the system itself.</summary>
public sealed class WindowsFileSystemTests
{
    private const string Before = "model = \"a\"\nsqlite_home = 'C:\\dir' # mine\n";
    private const string Add = "add-provider tensormesh --yes";
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int CannotMove = unchecked((int)0x80070499);

    [Fact]
    public void A_file_is_added_to_and_taken_back_and_nothing_stays_beside_it()
    {
        using var tool = new ToolRun { Config = Before, Files = new WindowsFileSystem() };

        tool.Run(Add).ExitCode.ShouldBe(ExitCodes.Done);

        tool.Config!.ShouldContain("sqlite_home = 'C:\\dir' # mine\n");
        Directory.GetFiles(tool.CodexHome).ShouldBe([tool.ConfigPath]);
        tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(ExitCodes.Done);
        tool.Config.ShouldBe(Before);
    }

    [Fact]
    public void A_file_that_a_scanner_holds_is_tried_again_with_growing_pauses()
    {
        var files = new ScannedFiles { Failures = 6 };
        using var tool = new ToolRun { Config = Before, Files = files };

        tool.Run(Add).ExitCode.ShouldBe(ExitCodes.Done);

        files.Pauses.ShouldBe([2, 4, 8, 16, 32, 64]);
        tool.Config!.ShouldContain("[model_providers.tensormesh]");
    }

    [Fact]
    public void A_file_that_is_held_for_good_is_told_and_left_alone()
    {
        var files = new ScannedFiles { Failures = int.MaxValue };
        using var tool = new ToolRun { Config = Before, Files = files };

        var outcome = tool.Run(Add);

        outcome.ExitCode.ShouldBe(ExitCodes.CannotWrite);
        outcome.Error.ShouldContain("it is as it was");
        files.Pauses.Sum().ShouldBeLessThan(2000);
        tool.Config.ShouldBe(Before);
        Directory.GetFiles(tool.CodexHome).ShouldBe([tool.ConfigPath]);
    }

    [Fact]
    public void A_file_that_was_moved_away_when_replacing_failed_is_put_back()
    {
        var files = new ScannedFiles { Failures = 1, Error = CannotMove, MovesAway = true };
        using var tool = new ToolRun { Config = Before, Files = files };

        tool.Run(Add).ExitCode.ShouldBe(ExitCodes.CannotWrite);

        files.Pauses.ShouldBeEmpty();
        tool.Config.ShouldBe(Before);
        Directory.GetFiles(tool.CodexHome).ShouldBe([tool.ConfigPath]);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void An_old_text_that_a_killed_run_left_is_swept_only_while_there_is_a_file(bool isThere, bool isSwept)
    {
        using var tool = new ToolRun { Files = new WindowsFileSystem() };
        if (isThere)
            tool.Config = Before;
        var left = Path.Combine(tool.CodexHome, ".config.toml.0123456789abcdef.tmp.old");
        File.WriteAllText(left, "theirs = 1\n");

        tool.Run(Add).ExitCode.ShouldBe(ExitCodes.Done);

        File.Exists(left).ShouldBe(!isSwept);
    }

    [Fact]
    public void A_read_only_file_is_refused()
    {
        using var tool = new ToolRun { Config = Before, Files = new WindowsFileSystem() };
        File.SetAttributes(tool.ConfigPath, FileAttributes.ReadOnly);

        var outcome = tool.Run(Add);

        outcome.ExitCode.ShouldBe(ExitCodes.CannotWrite);
        outcome.Error.ShouldContain("is read-only");
    }

    [Fact]
    public void A_program_path_with_backslashes_is_written_so_that_it_reads_back()
    {
        using var tool = new ToolRun { Config = "", Files = new WindowsFileSystem() };

        tool.Run("add-provider", "tensormesh", "--auth-command", "C:\\Users\\me\\new tools\\key.exe", "%USERPROFILE%\\k", "--yes").ExitCode.ShouldBe(ExitCodes.Done);

        tool.Config!.ShouldContain("""auth = { command = "C:\\Users\\me\\new tools\\key.exe", args = ["%USERPROFILE%\\k"] }""");
        tool.Run(Add).ExitCode.ShouldBe(ExitCodes.Conflict);
    }

    [Theory]
    [InlineData("C:\\Users\\me\\AppData\\Local", "C:\\Users\\me\\AppData\\Local")]
    [InlineData(null, "HOME/AppData/Local")]
    public void Journal_and_backups_are_with_the_data_of_other_programs(string? variable, string expected)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["XDG_STATE_HOME"] = "/elsewhere" };
        if (variable is not null)
            variables["LOCALAPPDATA"] = variable;
        var environment = new ToolEnvironment(new WindowsFileSystem(), TimeProvider.System, variables, "HOME", () => "");

        StateDirectory.Find(environment, null).Path.Replace('\\', '/').ShouldBe($"{expected.Replace('\\', '/')}/codex-config");
    }

    /// <summary>Windows with somebody who holds the configuration open.</summary>
    private sealed class ScannedFiles : WindowsFileSystem
    {
        public int Failures { get; set; }

        public int Error { get; init; } = SharingViolation;

        public bool MovesAway { get; init; }

        public List<int> Pauses { get; } = [];

        protected override void Swap(string source, string target, string old)
        {
            if (target.EndsWith("config.toml", StringComparison.Ordinal) && Failures > 0)
            {
                Failures--;
                if (MovesAway)
                    File.Move(target, old);
                throw new IOException("not now", Error);
            }

            base.Swap(source, target, old);
        }

        protected override void Pause(int milliseconds) => Pauses.Add(milliseconds);
    }
}
