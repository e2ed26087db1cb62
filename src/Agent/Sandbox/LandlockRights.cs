using System.Collections.Immutable;

namespace Codex.Agent.Sandbox;

/// <summary>What Landlock is told to check; bits of <c>linux/landlock.h</c>. Reading is left free everywhere.</summary>
/// <param name="Files">All changes that this version can check; what no rule grants is denied.</param>
/// <param name="Network">TCP, from version 4.</param>
/// <param name="Scope">Abstract sockets and signals to processes outside, from version 6.</param>
public sealed record LandlockRights(ulong Files, ulong Network, ulong Scope)
{
    /// <summary>Before it (Linux 6.2), files outside could be cut to nothing.</summary>
    public const int LowestVersion = 3;

    /// <summary>What commands may write to in any mode.</summary>
    public static readonly ImmutableArray<string> Devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/tty"];

    private const ulong WriteFile = 1 << 1;
    private const ulong MakeCharacterDevice = 1 << 6;
    private const ulong MakeBlockDevice = 1 << 11;
    private const ulong Truncate = 1 << 14;
    private const ulong DeviceControl = 1 << 15;

    /// <summary>Removing, making, moving: bits 4 to 13.</summary>
    private const ulong ChangeDirectories = 0x3FF0;

    /// <summary>Granted on a writable root: everything but devices.</summary>
    public ulong OnRoots => Files & ~(MakeCharacterDevice | MakeBlockDevice | DeviceControl);

    /// <summary>Granted on a file for itself; the kernel refuses what only directories have.</summary>
    public ulong OnFiles => Files & (WriteFile | Truncate);

    public ulong OnDevices => Files & (WriteFile | Truncate | DeviceControl);

    public static LandlockRights For(int version, bool allowsNetwork) => new(
        WriteFile | ChangeDirectories | Truncate | (version >= 5 ? DeviceControl : 0),
        version >= 4 && !allowsNetwork ? 3UL : 0,
        version >= 6 ? (allowsNetwork ? 2UL : 3UL) : 0);
}
