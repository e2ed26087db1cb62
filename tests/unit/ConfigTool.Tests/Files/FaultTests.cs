namespace Codex.ConfigTool.Tests.Files;

/// <summary>What happens when the disk, the process or somebody else gets in the way between two steps.</summary>
public sealed class FaultTests
{
    private const string Before = "model = \"a\"\n";
    private const string Add = "add-provider tensormesh --yes";

    [Fact]
    public void F19_a_full_disk_leaves_the_file_and_no_rubbish()
    {
        using var tool = new ToolRun { Config = Before, Files = new FaultyFiles { OnWriteNew = p => Fail(p, "config.toml.") } };

        var outcome = tool.Run(Add);

        outcome.ExitCode.ShouldBe(6);
        outcome.Error.ShouldContain("the disk is full");
        tool.Config.ShouldBe(Before);
        Directory.GetFiles(tool.CodexHome).ShouldBe([tool.ConfigPath]);
        tool.StateFiles.Where(f => f.EndsWith(".json", StringComparison.Ordinal) || f.EndsWith(".toml", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Without_room_for_the_backup_nothing_is_written()
    {
        using var tool = new ToolRun { Config = Before, Files = new FaultyFiles { OnWriteNew = p => Fail(p, "backups") } };

        tool.Run(Add).ExitCode.ShouldBe(6);

        tool.Config.ShouldBe(Before);
    }

    [Theory]
    [InlineData(false, Before)]
    [InlineData(true, null)]
    public void A_crash_around_the_rename_leaves_one_of_the_two_files_and_the_next_run_clears_up(bool afterRename, string? expected)
    {
        using var tool = new ToolRun { Config = Before, Files = new FaultyFiles { Crash = true, CrashAfterRename = afterRename } };
        Should.Throw<FaultyFiles.PowerCut>(() => tool.Run(Add));
        if (expected is not null)
            tool.Config.ShouldBe(expected);
        else
            tool.Config!.ShouldContain("[model_providers.tensormesh]");
        ((FaultyFiles)tool.Files).Crash = false;

        var next = tool.Run("add-provider custom --id other --base-url http://127.0.0.1:1/v1 --model m --no-auth --yes");

        next.ExitCode.ShouldBe(0, next.Error);
        next.Error.ShouldContain(afterRename ? "after it had written" : "before it wrote anything");
        Directory.GetFiles(tool.CodexHome).ShouldBe([tool.ConfigPath]);
    }

    [Fact]
    public void F20_a_change_in_the_last_moment_is_planned_again_and_kept()
    {
        FaultyFiles files = new();
        using var tool = new ToolRun { Config = Before, Files = files };
        files.OnWriteNew = path =>
        {
            if (!Path.GetFileName(path).StartsWith(".config.toml.", StringComparison.Ordinal))
                return;
            files.OnWriteNew = null;
            File.AppendAllText(tool.ConfigPath, "\n[mcp_servers.new]\ncommand = \"x\"\n");
        };

        tool.Run(Add).ExitCode.ShouldBe(0);

        tool.Config!.ShouldContain("[mcp_servers.new]\ncommand = \"x\"\n");
        tool.Config!.ShouldContain("[model_providers.tensormesh]\n");
    }

    [Fact]
    public void F20_a_change_that_makes_the_plan_another_one_ends_the_run()
    {
        FaultyFiles files = new();
        using var tool = new ToolRun { Config = Before, Files = files };
        files.OnWriteNew = path =>
        {
            if (Path.GetFileName(path).StartsWith(".config.toml.", StringComparison.Ordinal))
                File.WriteAllText(tool.ConfigPath, "model = \"theirs\"\n");
        };

        tool.Run(Add).ExitCode.ShouldBe(7);

        tool.Config.ShouldBe("model = \"theirs\"\n");
    }

    [Fact]
    public void Steps_come_in_the_order_that_survives_a_power_cut()
    {
        FaultyFiles files = new();
        using var tool = new ToolRun { Config = Before, Files = files };

        tool.Run(Add).ExitCode.ShouldBe(0);

        files.Steps.ShouldBe(
        [
            "new backups", "sync backups", "new journal", "rename journal", "sync journal",
            "new codex-home", "rename codex-home", "sync codex-home",
            "new journal", "rename journal", "sync journal",
        ]);
    }

    private static void Fail(string path, string part)
    {
        if (path.Contains(part, StringComparison.Ordinal))
            throw new IOException("No space left on device", 0x1c);
    }
}
