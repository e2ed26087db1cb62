using System.Diagnostics;
using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>A disk without room for the new text keeps the old one.</summary>
public sealed class DiskStories
{
    private const string Add = "add-provider tensormesh --yes";

    [SkippableFact]
    public void F19_a_full_disk_leaves_the_old_file_and_nothing_beside_it()
    {
        using var tool = new ToolRun();
        using var disk = SmallDisk.Mount(tool.CodexHome);
        // One page for the file, and the other one is not free either.
        var before = $"model = \"a\"\n# {new string('x', 3000)}\n";
        tool.Config = before;
        File.WriteAllText(Path.Combine(tool.CodexHome, "other"), "full");

        var outcome = tool.Run(Add);

        outcome.ExitCode.ShouldBe(ExitCodes.CannotWrite, outcome.Error);
        outcome.Error.ShouldContain("the disk is full");
        tool.Config.ShouldBe(before);
        Directory.GetFiles(tool.CodexHome).Length.ShouldBe(2);
        tool.StateFiles.ShouldBe([tool.StatePath + "/backups", tool.StatePath + "/journal", tool.StatePath + "/lock"], ignoreOrder: true);
    }

    [SkippableFact]
    public void F19_a_full_disk_below_the_backups_writes_nothing()
    {
        using var tool = new ToolRun();
        Directory.CreateDirectory(tool.StatePath);
        using var disk = SmallDisk.Mount(tool.StatePath);
        File.WriteAllBytes(Path.Combine(tool.StatePath, "other"), new byte[8192]);
        tool.Config = "model = \"a\"\n";

        var outcome = tool.Run(Add);

        outcome.ExitCode.ShouldBe(ExitCodes.CannotWrite, outcome.Error);
        outcome.Error.ShouldContain("cannot keep a backup");
        tool.Config.ShouldBe("model = \"a\"\n");
        Directory.GetFiles(tool.CodexHome).ShouldBe([tool.ConfigPath]);
    }

    /// <summary>Two pages of memory, mounted over a directory.</summary>
    private sealed class SmallDisk(string path) : IDisposable
    {
        public static SmallDisk Mount(string path)
        {
            Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because only Linux mounts memory this way");
            Skip.IfNot(Run("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", path), "skipped, because this user may not mount");
            return new SmallDisk(path);
        }

        public void Dispose() => Run("umount", path).ShouldBeTrue();

        private static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
