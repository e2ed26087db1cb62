using System.Collections.Immutable;
using Codex.Agent.Processes;

namespace Codex.Agent.Sandbox;

/// <summary>A command made ready to be spawned inside a policy. Disposed when it ended.</summary>
internal sealed class SandboxLaunch : IDisposable
{
    /// <summary>
    /// Words before a command that make a terminal its controlling one: <c>setsid(1)</c> makes a session, and its leader
    /// takes the first terminal it opens. Were it that of bubblewrap or unshare, an interrupt typed there would end them
    /// instead of what runs in them. Without setsid the command has a terminal that sends no signals.
    /// </summary>
    private static readonly Lazy<ImmutableArray<string>> TakeTerminal = new(() => ExecutableSearch.Find("setsid", path: null, "/") is { } setsid
        ? [setsid, "/bin/sh", "-c", "exec \"$@\" <>/proc/self/fd/0 >&0 2>&0", "sh"]
        : []);

    private readonly ImmutableArray<ProtectedPlaceholder> _placeholders;
    private readonly bool _mayLeaveProcesses;

    private SandboxLaunch(SpawnCall call, bool isConfined, ImmutableArray<ProtectedPlaceholder> placeholders, bool mayLeaveProcesses = false)
    {
        Call = call;
        IsConfined = isConfined;
        _placeholders = placeholders;
        _mayLeaveProcesses = mayLeaveProcesses;
        if (mayLeaveProcesses)
            Leftovers.Begin();
    }

    public SpawnCall Call { get; }

    public bool IsConfined { get; }

    /// <summary>With the user's full rights.</summary>
    public static SandboxLaunch Free(SpawnCall call) => new(call, isConfined: false, []);

    /// <param name="call">The command itself.</param>
    /// <returns>The launch, or why there is none, for the user and the model.</returns>
    public static (SandboxLaunch? Launch, string? Fault) Prepare(SpawnCall call, SandboxPolicy policy, SandboxBackend backend)
    {
        if (backend is SandboxBackend.None none)
            return (null, none.Weakness);
        DebuggerPipes.RemoveOwn();
        var (area, fault) = WritableArea.Inspect(policy);
        if (area is null)
            return (null, fault);
        return backend switch
        {
            SandboxBackend.Bubblewrap bubblewrap => InBubblewrap(call, policy, area, bubblewrap),
            SandboxBackend.Landlock landlock => InLandlock(call, policy, area, landlock),
            _ => throw new ArgumentOutOfRangeException(nameof(backend)),
        };
    }

    public void Dispose()
    {
        foreach (var placeholder in _placeholders)
            placeholder.Dispose();
        if (_mayLeaveProcesses)
            Leftovers.End();
    }

    private static (SandboxLaunch? Launch, string? Fault) InBubblewrap(
        SpawnCall call, SandboxPolicy policy, WritableArea area, SandboxBackend.Bubblewrap backend)
    {
        if (area.Roots.Any(r => backend.Path.StartsWith(r + "/", StringComparison.Ordinal)))
            return (null, $"{backend.Path} lies in a writable root, so commands could replace it. Use a bubblewrap from elsewhere.");
        var (placeholders, held, fault) = HoldMissing(area);
        if (held is null)
            return (null, fault);
        area = held;
        var filter = SeccompProgram.Assemble(SeccompRules.For(policy, hasNamespaces: true, guardsMetadata: false), SandboxPlatform.Architecture!.Value);
        var arguments = BubblewrapArguments.Build(
            area, policy.AllowsNetwork, Hidden(policy), backend.MountsProc, Environment.IsPrivilegedProcess, call.Directory,
            [.. call.Streams == SpawnStreams.Terminal ? TakeTerminal.Value : [], call.File, .. call.Arguments.Skip(1)]);
        var wrapped = call with { File = backend.Path, Arguments = ["bwrap", .. arguments], Directory = "/", Extra = filter, ControlsTerminal = false };
        return (new SandboxLaunch(wrapped, isConfined: true, placeholders), null);
    }

    private static (SandboxLaunch? Launch, string? Fault) InLandlock(
        SpawnCall call, SandboxPolicy policy, WritableArea area, SandboxBackend.Landlock backend)
    {
        var (file, first) = OwnProgram.Find();
        ImmutableArray<string> words = [file, .. first, ConfinedLaunch.Command];
        // Commands must not change what confines the next one.
        var own = OwnProgram.Directories().Where(d => area.Roots.Any(r => d.StartsWith(r + "/", StringComparison.Ordinal))).ToList();
        ImmutableArray<ProtectedPlaceholder> placeholders = [];
        ImmutableArray<string> granted;
        if (backend.Namespaces is { } namespaces)
        {
            (placeholders, var held, var fault) = HoldMissing(area with { ReadOnly = area.ReadOnly.AddRange(own) });
            if (held is null)
                return (null, fault);
            granted = area.Roots;
            words = namespaces.Words(held, Hidden(policy), call.Directory, LibC.Identity(), [.. call.Streams == SpawnStreams.Terminal ? TakeTerminal.Value : [], .. words]);
        }
        else
        {
            granted = LandlockGrants.For(area.Roots, [.. policy.ProtectedPaths, .. own]);
        }

        var confined = new ConfinedLaunch(backend.Version, granted, policy.AllowsNetwork, call.File, call.Arguments, call.Environment)
        {
            HasNamespaces = backend.Namespaces is not null,
        };
        var wrapped = call with { File = words[0], Arguments = words, Environment = OwnProgram.Environment(), Extra = confined.ToBytes(), ControlsTerminal = backend.Namespaces is null };
        return (new SandboxLaunch(wrapped, isConfined: true, placeholders, mayLeaveProcesses: backend.Namespaces is null), null);
    }

    /// <summary>Without a network nothing can be connected to anyway.</summary>
    private static ControlSockets Hidden(SandboxPolicy policy) => policy.AllowsNetwork
        ? ControlSockets.Find(LibC.Identity().User, Environment.GetEnvironmentVariable("HOME"))
        : ControlSockets.None;

    /// <summary>Makes the protected names that are missing, so that something can be mounted there.</summary>
    /// <returns>The area with those that are there now; null with the fault.</returns>
    private static (ImmutableArray<ProtectedPlaceholder> Placeholders, WritableArea? Area, string? Fault) HoldMissing(WritableArea area)
    {
        var placeholders = ImmutableArray.CreateBuilder<ProtectedPlaceholder>();
        var mounted = ImmutableArray.CreateBuilder<string>();
        foreach (var path in area.Missing.Concat(area.ReadOnly.Where(ProtectedPlaceholder.IsAt)))
        {
            var (held, fault) = ProtectedPlaceholder.Hold(path);
            if (fault is not null)
            {
                foreach (var placeholder in placeholders)
                    placeholder.Dispose();
                return ([], null, fault);
            }

            if (held is null)
                continue;
            placeholders.Add(held);
            mounted.Add(path);
        }

        return (placeholders.ToImmutable(), area with { Missing = [.. mounted.Except(area.ReadOnly, StringComparer.Ordinal)], Empty = [.. area.ReadOnly.Except(mounted, StringComparer.Ordinal).Where(p => !Path.Exists(p) || ProtectedPlaceholder.IsEmpty(p))] }, null);
    }
}
