using Codex.Agent.Sandbox;

namespace Codex.Agent.Tests.Sandbox;

public sealed class WritableAreaTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("codex-agent-area-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_is_there_stays_read_only_and_what_is_not_must_not_come()
    {
        Make("p/.git");
        File.WriteAllText(At("p/.codex"), "a file");

        var (area, fault) = Inspect("p");

        fault.ShouldBeNull();
        area!.ReadOnly.ShouldBe([At("p/.codex"), At("p/.git")]);
        area.Missing.ShouldBe([At("p/.agents"), At("p/.aws")]);
    }

    [Fact]
    public void A_root_that_is_gone_is_left_out()
    {
        var (area, fault) = Inspect("gone");

        fault.ShouldBeNull();
        area!.Roots.ShouldBeEmpty();
    }

    [Fact]
    public void The_directories_that_a_git_file_names_are_read_only_too()
    {
        Make("p");
        Make("store/modules/p");
        File.WriteAllText(At("p/.git"), "gitdir: ../store/modules/p\n");
        File.WriteAllText(At("store/modules/p/commondir"), "..\n");

        var (area, _) = Inspect("p", "store");

        area!.ReadOnly.ShouldContain(At("store/modules/p"));
        area.ReadOnly.ShouldContain(At("store/modules"));
    }

    [Fact]
    public void A_git_file_that_names_nothing_is_refused_where_commands_could_fill_it()
    {
        Make("p");
        File.WriteAllText(At("p/.git"), "gitdir: sub/git\n");

        Inspect("p").Fault!.ShouldContain("which is missing or leads elsewhere");
    }

    [Fact]
    public void A_protected_link_is_refused()
    {
        Make("p");
        File.CreateSymbolicLink(At("p/.agents"), "/nowhere");

        Inspect("p").Fault!.ShouldBe($"{At("p/.agents")} is a symbolic link, and a link cannot be protected from commands. Replace it by what it points to, or use -s read-only.");
    }

    [Fact]
    public void A_root_that_became_a_link_is_refused()
    {
        Make("outside");
        Directory.CreateSymbolicLink(At("p"), At("outside"));

        Inspect("p").Fault!.ShouldContain("is no longer the directory it was");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/proc")]
    [InlineData("/sys/kernel")]
    [InlineData("/dev/shm")]
    public void What_belongs_to_the_system_is_refused(string root) =>
        WritableArea.Inspect(new SandboxPolicy(SandboxMode.WorkspaceWrite, [root], AllowsNetwork: false)).Fault.ShouldNotBeNull();

    [Fact]
    public void A_policy_takes_existing_directories_with_links_resolved()
    {
        Make("real/add");
        Directory.CreateSymbolicLink(At("link"), At("real"));

        var policy = WorkspacePolicy.Create(SandboxMode.WorkspaceWrite, At("link"), ["add", "missing"], [string.Empty], allowsNetwork: false);

        policy.WritableRoots.ShouldBe([At("real"), At("real/add")]);
    }

    private (WritableArea? Area, string? Fault) Inspect(params string[] roots) =>
        WritableArea.Inspect(new SandboxPolicy(SandboxMode.WorkspaceWrite, [.. roots.Select(At)], AllowsNetwork: false));

    private void Make(string path) => Directory.CreateDirectory(At(path));

    private string At(string path) => Path.Combine(_root, path);
}
