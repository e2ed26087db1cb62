using System.Collections.Immutable;
using System.Globalization;
using Codex.Agent.Processes;

namespace Codex.Agent.Sandbox;

/// <summary>
/// Sockets of services that run what they are told as somebody else, or as the user without a sandbox: containers, systemd,
/// D-Bus, terminals. A network that is allowed means hosts, not these. Others by name stay, such as the user's key agent.
/// </summary>
/// <param name="Files">Sockets that exist.</param>
/// <param name="Directories">Directories full of them.</param>
public sealed record ControlSockets(ImmutableArray<string> Files, ImmutableArray<string> Directories)
{
    public static readonly ControlSockets None = new([], []);

    private static readonly string[] OfTheMachine =
    [
        "/run/docker.sock", "/run/podman/podman.sock", "/run/containerd/containerd.sock", "/run/crio/crio.sock", "/run/dbus/system_bus_socket",
        "/run/systemd/private", "/run/snapd.socket", "/run/snapd-snap.socket", "/var/snap/lxd/common/lxd/unix.socket", "/var/lib/lxd/unix.socket",
        "/var/lib/incus/unix.socket", "/run/libvirt/libvirt-sock", "/run/acpid.socket", "/run/rpcbind.sock",
    ];

    private static readonly string[] OfTheUser =
    [
        "bus", "systemd/private", "docker.sock", "podman/podman.sock", "containerd-rootless/api.sock", "wayland-0", "wayland-1", "pipewire-0", "at-spi/bus",
    ];

    /// <param name="user">Whose.</param>
    /// <param name="userHome">Null when not known.</param>
    public static ControlSockets Find(uint user, string? userHome)
    {
        var id = user.ToString(CultureInfo.InvariantCulture);
        var files = OfTheMachine
            .Concat(OfTheUser.Select(n => $"/run/user/{id}/{n}"))
            .Concat(userHome is null ? [] : [$"{userHome}/.docker/run/docker.sock", $"{userHome}/.docker/desktop/docker.sock"]);
        return new ControlSockets(Present(files, File.Exists), Present([$"/tmp/tmux-{id}", "/run/screen", "/tmp/.X11-unix", "/tmp/.ICE-unix"], Directory.Exists));
    }

    private static ImmutableArray<string> Present(IEnumerable<string> paths, Func<string, bool> isThere) =>
        [.. paths.Where(isThere).Select(LibC.RealPath).OfType<string>().Distinct(StringComparer.Ordinal)];
}
