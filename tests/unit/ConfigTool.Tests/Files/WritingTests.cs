using System.Runtime.Versioning;
using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Tests.Files;

/// <summary>Section "writing a file" and the stories of tools that broke links, rights or whole files.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class WritingTests
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const string Add = "add-provider tensormesh --yes";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void F13_a_link_stays_a_link_and_its_target_changes(bool relative)
    {
        using var tool = new ToolRun();
        var target = Path.Combine(tool.Folder, "dotfiles.toml");
        File.WriteAllText(target, "# mine\n");
        File.CreateSymbolicLink(Path.Combine(tool.Folder, "middle"), relative ? "dotfiles.toml" : target);
        File.CreateSymbolicLink(tool.ConfigPath, relative ? "../middle" : Path.Combine(tool.Folder, "middle"));

        tool.Run(Add).ExitCode.ShouldBe(0);

        new FileInfo(tool.ConfigPath).LinkTarget.ShouldNotBeNull();
        new FileInfo(target).LinkTarget.ShouldBeNull();
        File.ReadAllText(target).ShouldContain("tensormesh");
    }

    [Fact]
    public void F13_a_link_to_nothing_gets_its_target()
    {
        using var tool = new ToolRun();
        var target = Path.Combine(tool.Folder, "later.toml");
        File.CreateSymbolicLink(tool.ConfigPath, target);

        tool.Run(Add).ExitCode.ShouldBe(0);

        File.ReadAllText(target).ShouldContain("tensormesh");
        new FileInfo(tool.ConfigPath).LinkTarget.ShouldBe(target);
    }

    [Fact]
    public void F14_a_circle_of_links_is_refused_and_left_alone()
    {
        using var tool = new ToolRun();
        var other = Path.Combine(tool.Folder, "other");
        File.CreateSymbolicLink(tool.ConfigPath, other);
        File.CreateSymbolicLink(other, tool.ConfigPath);

        var outcome = tool.Run(Add);

        outcome.ExitCode.ShouldBe(6);
        outcome.Error.ShouldContain("circle of links");
        new FileInfo(tool.ConfigPath).LinkTarget.ShouldBe(other);
    }

    [Theory]
    [InlineData(Readable)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    public void F15_the_mode_is_kept(UnixFileMode mode)
    {
        using var tool = new ToolRun { Config = "model = \"a\"\n" };
        File.SetUnixFileMode(tool.ConfigPath, mode);

        tool.Run(Add).ExitCode.ShouldBe(0);

        File.GetUnixFileMode(tool.ConfigPath).ShouldBe(mode);
    }

    [Fact]
    public void F15_a_new_file_is_for_the_owner_only_and_so_are_journal_and_backups()
    {
        using var tool = new ToolRun();

        tool.Run(Add).ExitCode.ShouldBe(0);
        tool.Run("remove-provider tensormesh --keep-table --yes").ExitCode.ShouldBe(0);

        foreach (var path in tool.StateFiles.Where(f => File.Exists(f) && Path.GetFileName(f) != "lock"))
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, path);
        File.GetUnixFileMode(tool.ConfigPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(tool.StatePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [SkippableFact]
    public void F15_a_run_as_root_keeps_the_owner()
    {
        Skip.IfNot(FileSystem.Current.EffectiveUser == 0, "skipped, because only root can give files away");
        using var tool = new ToolRun { Config = "model = \"a\"\n" };
        using (var file = File.OpenHandle(tool.ConfigPath, access: FileAccess.Write))
            LibC.ChangeOwner(file, 65534, 65534).ShouldBe(0);

        tool.Run(Add).ExitCode.ShouldBe(0);

        var facts = FileSystem.Current.Describe(tool.ConfigPath)!;
        (facts.UserId, facts.GroupId).ShouldBe((65534u, 65534u));
    }

    [Fact]
    public void F16_a_read_only_file_is_refused()
    {
        using var tool = new ToolRun { Config = "model = \"a\"\n" };
        File.SetUnixFileMode(tool.ConfigPath, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var outcome = tool.Run(Add);

        outcome.ExitCode.ShouldBe(6);
        outcome.Error.ShouldContain("on purpose?");
        tool.Config.ShouldBe("model = \"a\"\n");
    }

    [Fact]
    public void A_hard_link_is_refused_and_kept_with_in_place()
    {
        using var tool = new ToolRun { Config = "model = \"a\"\n" };
        var twin = Path.Combine(tool.Folder, "twin");
        System.Diagnostics.Process.Start("ln", [tool.ConfigPath, twin])!.WaitForExit();

        tool.Run(Add).ExitCode.ShouldBe(6);
        File.ReadAllText(twin).ShouldBe("model = \"a\"\n");

        tool.Run(Add + " --in-place").ExitCode.ShouldBe(0);
        File.ReadAllText(twin).ShouldContain("tensormesh");
    }

    [Fact]
    public void F18_a_file_of_NUL_bytes_is_told_and_left_alone()
    {
        using var tool = new ToolRun { Config = "\0\0\0\0\0\0" };

        var outcome = tool.Run(Add);

        outcome.ExitCode.ShouldBe(5);
        outcome.Error.ShouldContain("NUL bytes");
        tool.Config.ShouldBe("\0\0\0\0\0\0");
    }

    [Fact]
    public async Task F20_sixteen_runs_at_once_keep_sixteen_providers()
    {
        using var tool = new ToolRun { Config = "# mine\n" };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            tool.RunAsync("add-provider", "custom", "--id", $"p{i}", "--base-url", "http://127.0.0.1:1/v1", "--model", "m", "--no-auth", "--yes"))));

        outcomes.ShouldAllBe(o => o.ExitCode == 0);
        for (var i = 0; i < 16; i++)
            tool.Config!.ShouldContain($"[model_providers.p{i}]\n");
        Directory.GetFiles(tool.CodexHome).ShouldBe([tool.ConfigPath]);
    }

    [Fact]
    public void F33_the_variable_names_the_home_and_the_flag_wins()
    {
        using var tool = new ToolRun();
        var other = Directory.CreateDirectory(Path.Combine(tool.Folder, "other")).FullName;

        tool.Run($"{Add} --codex-home {other}").ExitCode.ShouldBe(0);

        tool.Config.ShouldBeNull();
        File.Exists(Path.Combine(other, "config.toml")).ShouldBeTrue();
        tool.Variables["CODEX_HOME"] = Path.Combine(tool.Folder, "nowhere");
        tool.Run(Add).ExitCode.ShouldBe(2);
        tool.Variables["CODEX_HOME"] = "";
        tool.Run(Add).ExitCode.ShouldBe(0);
        File.Exists(Path.Combine(tool.Folder, "user", ".codex", "config.toml")).ShouldBeTrue();
    }
}
