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
}
