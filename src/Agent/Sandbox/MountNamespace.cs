using System.Collections.Immutable;
using System.Globalization;
using Codex.Agent.Processes;

namespace Codex.Agent.Sandbox;

/// <summary>
/// Namespaces made by the tools of util-linux, for a machine without bubblewrap: what Landlock cannot carve out of a writable
/// directory is mounted read-only, and what a command leaves behind ends with it.
/// </summary>
/// <remarks>
/// One user namespace in which mounts can be made, one inside it in which the user is himself again. Nothing of it grants
/// anything: Landlock and seccomp come after it.
/// </remarks>
/// <param name="Unshare"><c>unshare(1)</c>, absolute.</param>
/// <param name="SetPrivileges"><c>setpriv(1)</c>.</param>
/// <param name="Mount"><c>mount(8)</c>.</param>
public sealed record MountNamespace(string Unshare, string SetPrivileges, string Mount)
{
    /// <summary>Words up to the first <c>--</c>: <c>rw</c>, <c>ro</c>, <c>empty</c> or <c>nothing</c>, and a path.</summary>
    private const string Mounts = """
        set -e
        mount=$1
        shift
        while [ "$1" != -- ]; do
            case $1 in
                empty) "$mount" -t tmpfs -o ro tmpfs "$2" ;;
                nothing) "$mount" --bind /dev/null "$2" ;;
                *) "$mount" --bind "$2" "$2" ;;
            esac
            if [ "$1" = ro ]; then "$mount" -o remount,ro,bind "$2"; fi
            shift 2
        done
        shift
        exec "$@"
        """;

    /// <summary>The first process of a process namespace: all others end with it. Signals that it has no use for do not reach it.</summary>
    private const string First = """
        "$1" -t proc proc /proc 2>/dev/null
        cd "$2" || exit
        shift 2
        "$@"
        """;

    /// <summary>Null when one of the tools is missing.</summary>
    public static MountNamespace? Find() =>
        (ExecutableSearch.Find("unshare", path: null, "/"), ExecutableSearch.Find("setpriv", path: null, "/"), ExecutableSearch.Find("mount", path: null, "/"))
            is ({ } unshare, { } setPrivileges, { } mount)
            ? new MountNamespace(unshare, setPrivileges, mount)
            : null;

    /// <summary>The words that run <paramref name="command"/> in there.</summary>
    /// <param name="hidden">What the command must not reach although it has a network.</param>
    /// <param name="area">All its missing names exist as placeholders by now.</param>
    public ImmutableArray<string> Words(WritableArea area, ControlSockets hidden, string directory, (uint User, uint Group) identity, IEnumerable<string> command) =>
    [
        Unshare, "--user", "--map-root-user", "--mount", "/bin/sh", "-c", Mounts, "sh", Mount,
        .. area.Mounts().SelectMany(m => new[] { m.IsWritable ? "rw" : "ro", m.Path }),
        .. hidden.Directories.SelectMany(d => new[] { "empty", d }), .. hidden.Files.SelectMany(f => new[] { "nothing", f }), "--",
        // Set behind the user namespace: entering one clears it.
        SetPrivileges, "--pdeathsig", "KILL", Unshare, "--ipc", "--pid", "--fork", "--kill-child",
        "/bin/sh", "-c", First, "sh", Mount, directory,
        Unshare, "--user", string.Create(CultureInfo.InvariantCulture, $"--map-user={identity.User}"), string.Create(CultureInfo.InvariantCulture, $"--map-group={identity.Group}"),
        .. command,
    ];
}
