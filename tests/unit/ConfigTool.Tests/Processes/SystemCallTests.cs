using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Tests.Processes;

/// <summary>What the system is asked to do, in its order: everything is on the disk before the rename that needs it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class SystemCallTests
{
    private const UnixFileMode Readable = (UnixFileMode)0b110_100_100;

    [SkippableFact]
    public async Task F18_texts_are_on_the_disk_before_their_rename_and_names_right_after_it()
    {
        Skip.IfNot(Programs.IsInstalled("strace"), "skipped, because strace is not installed");
        using var tool = new ToolRun { Config = "model = \"a\"\n" };
        File.SetUnixFileMode(tool.ConfigPath, Readable);
        var record = Path.Combine(tool.Folder, "calls");
        string[] run =
        [
            "-f", "-y", "-e", "trace=openat,pwrite64,fsync,rename,renameat,renameat2,fchmod,fchown", "-e", "signal=none", "-o", record,
            "dotnet", Path.Combine(AppContext.BaseDirectory, "codex-config.dll"), "add-provider", "tensormesh", "--yes", "--codex-home", tool.CodexHome, "--state-dir", tool.StatePath,
        ];

        var (exitCode, printed) = await Programs.RunAsync("strace", run, tool.Folder);

        Skip.If(printed.Contains("ptrace", StringComparison.OrdinalIgnoreCase), "skipped, because strace may not look into processes here");
        exitCode.ShouldBe(ExitCodes.Done, printed);
        string[] note = ["create note", "pwrite64 note", "fchmod note", "fsync note", "rename note", "fsync journal/"];
        string[] owner = FileSystem.Current.EffectiveUser == 0 ? ["fchown new text"] : [];
        Steps(File.ReadLines(record), tool.Folder).ShouldBe(
        [
            "create backup", "pwrite64 backup", "fchmod backup", "fsync backup", "fsync backups/", .. note,
            "create new text", "pwrite64 new text", .. owner, "fchmod new text", "fsync new text", "rename config.toml", "fsync codex-home/", .. note,
        ]);
    }

    private static IEnumerable<string> Steps(IEnumerable<string> record, string folder)
    {
        foreach (var line in record)
        {
            var call = Call().Match(line);
            if (!call.Success || !line.Contains(folder, StringComparison.Ordinal))
                continue;
            var name = call.Groups["name"].Value;
            var paths = Paths().Matches(line).Select(p => p.Value).Where(p => p.StartsWith(folder, StringComparison.Ordinal)).ToList();
            if (name.StartsWith("rename", StringComparison.Ordinal))
                yield return $"rename {Kind(paths[^1])}";
            else if (name != "openat")
                yield return $"{name} {Kind(paths[0])}";
            else if (line.Contains("O_EXCL", StringComparison.Ordinal))
                yield return $"create {Kind(paths[^1])}";
        }
    }

    private static string Kind(string path) => (Path.GetFileName(Path.GetDirectoryName(path)), Path.GetFileName(path)) switch
    {
        ("backups", _) => "backup",
        ("journal", _) => "note",
        ("codex-home", var name) when name.EndsWith(".tmp", StringComparison.Ordinal) => "new text",
        ("codex-home", var name) => name,
        var (_, name) => $"{name}/",
    };

    [GeneratedRegex(@"^\d+ +(?<name>[a-z0-9]+)\(")]
    private static partial Regex Call();

    /// <summary>Paths within quotes or, behind a file's number, within angles.</summary>
    [GeneratedRegex("""(?<=["<])/[^">]+""")]
    private static partial Regex Paths();
}
