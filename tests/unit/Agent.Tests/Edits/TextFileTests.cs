using Codex.Agent.Edits;

namespace Codex.Agent.Tests.Edits;

public sealed class TextFileTests
{
    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_written_file_keeps_its_mode()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("run", "1");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(path, Mode);

        TextFile.Write(path, "2").ShouldBeNull();

        File.GetUnixFileMode(path).ShouldBe(Mode);
        Directory.GetFileSystemEntries(directory.Path).ShouldBe([path]);
    }

    [Fact]
    public void Writing_to_a_link_changes_the_file_it_leads_to()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("sub/real", "1");
        File.CreateSymbolicLink(directory["link"], "sub/real");

        TextFile.Write(directory["link"], "2").ShouldBeNull();

        new FileInfo(directory["link"]).LinkTarget.ShouldBe("sub/real");
        directory.Read("sub/real").ShouldBe("2");
    }

    [SkippableFact]
    public void A_device_is_neither_read_nor_written()
    {
        Skip.IfNot(File.Exists("/dev/null"), "skipped, because there is no /dev/null");

        TextFile.Read("/dev/null").ShouldBe(new FileRead.Failed("path `/dev/null` is not a file", IsMissing: false));
        TextFile.Write("/dev/null", "x").ShouldBe("it is not a file");
    }

    [Fact]
    public void Links_that_go_in_a_circle_are_an_error_and_not_a_hang()
    {
        using var directory = new TemporaryDirectory();
        File.CreateSymbolicLink(directory["a"], "b");
        File.CreateSymbolicLink(directory["b"], "a");

        TextFile.Read(directory["a"]).ShouldBe(new FileRead.Failed("Symbolic link loop (os error 40)", IsMissing: false));
        TextFile.Write(directory["a"], "x").ShouldNotBeNull();
    }

    [SkippableFact]
    public void A_link_put_in_place_of_a_directory_after_the_check_is_not_followed()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because only Linux opens directories without following links");
        using var directory = new TemporaryDirectory();
        directory.Write("outside/file", "untouched");
        Directory.CreateSymbolicLink(directory["d"], "outside");
        File.CreateSymbolicLink(directory["l"], "outside/file");

        TextFile.WriteAt(directory["d/new"], "x").ShouldNotBeNull().ShouldContain("leads elsewhere now");
        TextFile.WriteAt(directory["d/sub/new"], "x").ShouldNotBeNull();
        TextFile.WriteAt(directory["l"], "x").ShouldBe("it is not a file");
        TextFile.DeleteAt(directory["d/file"]).ShouldNotBeNull();

        Directory.GetFileSystemEntries(directory["outside"]).ShouldBe([directory["outside/file"]]);
        directory.Read("outside/file").ShouldBe("untouched");
    }

    [Fact]
    public void Missing_directories_are_made_and_the_link_itself_is_removed()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("real", "1");
        File.CreateSymbolicLink(directory["link"], "real");

        TextFile.WriteAt(directory["a/b/new"], "x").ShouldBeNull();
        TextFile.DeleteAt(directory["link"]).ShouldBeNull();

        directory.Read("a/b/new").ShouldBe("x");
        directory.Read("real").ShouldBe("1");
        TextFile.DeleteAt(directory["link"]).ShouldBe("No such file or directory (os error 2)");
    }
}
