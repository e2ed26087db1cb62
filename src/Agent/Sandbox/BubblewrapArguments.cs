using System.Collections.Immutable;

namespace Codex.Agent.Sandbox;

/// <summary>The argument list of bubblewrap for a command; see <c>bwrap(1)</c>.</summary>
public static class BubblewrapArguments
{
    /// <summary>Where bubblewrap reads the seccomp program.</summary>
    public const int FilterDescriptor = 3;

    /// <param name="area">What is writable; all its missing names exist as placeholders by now.</param>
    /// <param name="hidden">What the command must not reach although it has a network.</param>
    /// <param name="mountsProc">A <c>/proc</c> of its own; not everywhere allowed inside containers.</param>
    /// <param name="isRoot">The command runs as root, though without privileges.</param>
    public static ImmutableArray<string> Build(
        WritableArea area, bool allowsNetwork, ControlSockets hidden, bool mountsProc, bool isRoot, string directory, IEnumerable<string> command)
    {
        var arguments = ImmutableArray.CreateBuilder<string>();
        arguments.AddRange("--new-session", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev");
        foreach (var (path, isWritable) in area.Mounts())
        {
            // Another sandbox, Codex's too, may take its stand-in away at any moment; bubblewrap finds no source then and ends.
            if (!isWritable && area.Empty.Contains(path, StringComparer.Ordinal))
                arguments.AddRange("--tmpfs", path, "--remount-ro", path);
            else
                arguments.AddRange(isWritable ? "--bind" : "--ro-bind", path, path);
        }

        foreach (var place in hidden.Directories)
            arguments.AddRange("--tmpfs", place);
        foreach (var socket in hidden.Files)
            arguments.AddRange("--ro-bind", "/dev/null", socket);
        arguments.AddRange("--unshare-user", "--unshare-pid", "--unshare-ipc");
        if (!allowsNetwork)
            arguments.Add("--unshare-net");
        if (mountsProc)
            arguments.AddRange("--proc", "/proc");
        // The kernel's parameters in there belong to root, whom a user namespace leaves root.
        if (mountsProc && isRoot)
            arguments.AddRange("--remount-ro", "/proc");
        arguments.AddRange("--chdir", directory, "--cap-drop", "ALL");
        arguments.AddRange("--seccomp", FilterDescriptor.ToString(System.Globalization.CultureInfo.InvariantCulture), "--");
        arguments.AddRange(command);
        return arguments.ToImmutable();
    }
}
