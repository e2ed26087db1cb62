using System.Runtime.Versioning;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Tests.Processes;

/// <summary>The tool as a user without rights, really run as one.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OtherUserTests
{
    private const string Before = "model = \"a\"\n";
    private const string Nobody = "65534";

    /// <summary>Who owns the file, its mode, who owns its directory, and what is told.</summary>
    [SkippableTheory]
    [InlineData("0", "666", Nobody, "belongs to another user (number 0)")]
    [InlineData("0", "600", Nobody, "cannot read")]
    [InlineData(Nobody, "644", "0", "it is as it was")]
    public async Task F15_F16_what_belongs_to_somebody_else_is_refused_and_left_alone(string fileOwner, string mode, string folderOwner, string told)
    {
        Skip.IfNot(FileSystem.Current.EffectiveUser == 0 && Programs.IsInstalled("setpriv"), "skipped, because only root can run something as another user, and only with setpriv");
        using var tool = new ToolRun { Config = Before };
        Directory.CreateDirectory(tool.StatePath);
        await ShellAsync(tool, $"chmod 755 . codex-home && chown {Nobody}:{Nobody} state && chown {folderOwner} codex-home && chown {fileOwner} codex-home/config.toml && chmod {mode} codex-home/config.toml");
        var (usable, reason) = await AsNobodyAsync(tool, "--version");
        Skip.IfNot(usable == 0, $"skipped, because another user cannot run the tool from where it was built: {reason}");

        var (exitCode, printed) = await AsNobodyAsync(tool, "add-provider", "tensormesh", "--yes", "--codex-home", tool.CodexHome, "--state-dir", tool.StatePath);

        exitCode.ShouldBe(ExitCodes.CannotWrite, printed);
        printed.ShouldContain(told);
        tool.Config.ShouldBe(Before);
        Directory.GetFiles(tool.CodexHome).ShouldBe([tool.ConfigPath]);
        tool.StateFiles.Where(File.Exists).Select(Path.GetFileName).ShouldBeSubsetOf(["lock"]);
    }

    private static async Task ShellAsync(ToolRun tool, string line)
    {
        var (exitCode, printed) = await Programs.RunAsync("sh", ["-c", line], tool.Folder);
        exitCode.ShouldBe(0, printed);
    }

    private static Task<(int ExitCode, string Printed)> AsNobodyAsync(ToolRun tool, params string[] arguments) => Programs.RunAsync(
        "setpriv",
        [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "dotnet", Path.Combine(AppContext.BaseDirectory, "codex-config.dll"), .. arguments],
        tool.Folder,
        ("HOME", tool.Folder));
}
