using System.Collections.Immutable;

namespace Codex.Agent.Sandbox;

/// <summary>What commands in a sandbox may not ask of the kernel.</summary>
public static class SeccompRules
{
    private const uint SetIdBits = 0x0C00;
    private const uint CreatesFile = 0x0040 | 0x400000;
    private const uint UnixFamily = 1;

    /// <summary>Set in <c>SOCK_DGRAM</c> and in <c>SOCK_RAW</c>, which is the same for this family; not in streams.</summary>
    private const uint DatagramBit = 2;

    /// <summary><c>TIOCSTI</c> and <c>TIOCLINUX</c> type into a terminal as if the user had.</summary>
    private static readonly uint[] TypingRequests = [0x5412, 0x541C];

    /// <param name="hasNamespaces">
    /// The command is alone with its shared memory, and sockets of services are hidden from it; else it gets none of either.
    /// </param>
    /// <param name="guardsMetadata">
    /// Deny what Landlock lets through: owners and attributes always, modes and times where nothing is writable anyway.
    /// </param>
    public static ImmutableArray<SeccompRule> For(SandboxPolicy policy, bool hasNamespaces, bool guardsMetadata)
    {
        var rules = ImmutableArray.CreateBuilder<SeccompRule>();
        DenyAll(SystemCalls.OtherProcesses);
        DenyAll(SystemCalls.Machine);
        rules.Add(new SeccompRule.DenyValues(SystemCalls.Ioctl, 1, TypingRequests));
        if (!policy.AllowsNetwork)
        {
            DenyAll(SystemCalls.Network);
            // A datagram needs no connect: sendmsg alone would reach the sockets of services outside.
            rules.Add(new SeccompRule.Only(SystemCalls.Socket, 0, UnixFamily, (1, DatagramBit)));
            rules.Add(new SeccompRule.Only(SystemCalls.SocketPair, 0, UnixFamily));
        }

        if (!hasNamespaces)
            DenyAll(SystemCalls.SharedMemory);
        if (!hasNamespaces && policy.AllowsNetwork)
            rules.Add(new SeccompRule.DenyValues(SystemCalls.Socket, 0, UnixFamily));
        if (guardsMetadata)
            DenyAll(SystemCalls.Ownership);
        if (guardsMetadata && policy.WritableRoots.IsEmpty)
            DenyAll(SystemCalls.ModesAndTimes);
        else
            rules.AddRange(SetIdRules());
        return rules.ToImmutable();

        void DenyAll(ImmutableArray<SystemCall> calls) => rules.AddRange(calls.Select(c => new SeccompRule.Deny(c)));
    }

    /// <summary>No program that runs as somebody else: as root, a sandbox would otherwise leave one behind for anyone.</summary>
    private static IEnumerable<SeccompRule> SetIdRules() =>
    [
        new SeccompRule.DenyBits(SystemCalls.Chmod, 1, SetIdBits),
        new SeccompRule.DenyBits(SystemCalls.Fchmod, 1, SetIdBits),
        new SeccompRule.DenyBits(SystemCalls.FchmodAt, 2, SetIdBits),
        new SeccompRule.DenyBits(SystemCalls.FchmodAt2, 2, SetIdBits),
        new SeccompRule.DenyBits(SystemCalls.Open, 2, SetIdBits, (1, CreatesFile)),
        new SeccompRule.DenyBits(SystemCalls.OpenAt, 3, SetIdBits, (2, CreatesFile)),
        new SeccompRule.DenyBits(SystemCalls.Creat, 1, SetIdBits),
        new SeccompRule.DenyBits(SystemCalls.Mknod, 1, SetIdBits),
        new SeccompRule.DenyBits(SystemCalls.MknodAt, 2, SetIdBits),
        // Its mode is behind a pointer, where a filter cannot look; callers fall back to openat.
        new SeccompRule.Deny(SystemCalls.OpenAt2, SeccompRule.NotImplemented),
    ];
}
