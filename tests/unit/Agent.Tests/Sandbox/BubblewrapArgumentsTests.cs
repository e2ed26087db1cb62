using Codex.Agent.Sandbox;

namespace Codex.Agent.Tests.Sandbox;

public sealed class BubblewrapArgumentsTests
{
    private const string Before = "--die-with-parent --ro-bind / / --dev /dev";
    private const string Namespaces = "--unshare-user --unshare-pid --unshare-ipc";
    private const string After = "--chdir /w --cap-drop ALL --seccomp 3 -- ls -l";
    private static readonly WritableArea Nothing = new([], [], []);

    [Theory]
    [InlineData(false, true, false, $"--new-session {Before} {Namespaces} --unshare-net --proc /proc {After}")]
    [InlineData(true, true, false, $"--new-session {Before} {Namespaces} --proc /proc {After}")]
    [InlineData(false, false, false, $"--new-session {Before} {Namespaces} --unshare-net {After}")]
    [InlineData(false, true, true, $"--new-session {Before} {Namespaces} --unshare-net --proc /proc --remount-ro /proc {After}")]
    [InlineData(false, false, true, $"--new-session {Before} {Namespaces} --unshare-net {After}")]
    public void Each_circumstance_has_its_arguments(bool network, bool proc, bool root, string expected) =>
        string.Join(' ', BubblewrapArguments.Build(Nothing, network, ControlSockets.None, proc, root, "/w", ["ls", "-l"])).ShouldBe(expected);

    [Fact]
    public void Outer_mounts_come_first_and_the_way_to_what_is_protected_is_fixed()
    {
        var area = new WritableArea(["/w/deep/project", "/w"], ["/w/.git", "/w/store/git"], ["/w/deep/project/.aws"]);

        var arguments = string.Join(' ', BubblewrapArguments.Build(area, allowsNetwork: true, new ControlSockets(["/run/docker.sock"], ["/tmp/tmux-1"]), mountsProc: true, isRoot: false, "/w", ["ls", "-l"]));

        arguments.ShouldBe($"--new-session {Before} --bind /w /w --ro-bind /w/.git /w/.git --bind /w/deep /w/deep --bind /w/store /w/store "
            + "--bind /w/deep/project /w/deep/project --ro-bind /w/store/git /w/store/git --ro-bind /w/deep/project/.aws /w/deep/project/.aws "
            + $"--tmpfs /tmp/tmux-1 --ro-bind /dev/null /run/docker.sock {Namespaces} --proc /proc {After}");
    }

    [Fact]
    public void An_empty_stand_in_of_another_sandbox_is_covered_and_needs_not_stay()
    {
        var area = new WritableArea(["/w"], ["/w/.agents", "/w/.git"], []) { Empty = ["/w/.agents"] };

        var arguments = string.Join(' ', BubblewrapArguments.Build(area, allowsNetwork: true, ControlSockets.None, mountsProc: true, isRoot: false, "/w", ["ls"]));

        arguments.ShouldContain("--tmpfs /w/.agents --remount-ro /w/.agents --ro-bind /w/.git /w/.git");
    }
}
