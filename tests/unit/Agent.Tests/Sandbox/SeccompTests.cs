using System.Globalization;
using System.Text.RegularExpressions;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Tests.Sandbox;

public sealed partial class SeccompTests
{
    private const uint NotPermitted = 0x00050001;
    private const uint NotImplemented = 0x00050026;
    private const uint Kill = 0x80000000;
    private static readonly SandboxPolicy Workspace = new(SandboxMode.WorkspaceWrite, ["/w"], AllowsNetwork: false);

    [Fact]
    public void A_program_has_these_bytes()
    {
        var program = SeccompProgram.Assemble([new SeccompRule.Deny(new SystemCall("ptrace", 101, 117))], SandboxArchitecture.X64);

        Convert.ToHexStringLower(program.AsSpan()).ShouldBe(string.Concat(
            "2000000004000000", // load the architecture
            "150001003e0000c0", // x86_64: over the next
            "0600000000000080", // kill
            "2000000000000000", // load the number
            "3500000100000040", // x32: fall through
            "0600000001000500", // EPERM
            "1500000165000000", // ptrace: fall through
            "0600000001000500", // EPERM
            "060000000000ff7f")); // allow
    }

    [Theory]
    [InlineData("read", 0, new ulong[0], SeccompMachine.Allow)]
    [InlineData("ptrace", 101, new ulong[0], NotPermitted)]
    [InlineData("process_vm_readv", 310, new ulong[0], NotPermitted)]
    [InlineData("process_vm_writev", 311, new ulong[0], NotPermitted)]
    [InlineData("io_uring_setup", 425, new ulong[0], NotPermitted)]
    [InlineData("io_uring_enter", 426, new ulong[0], NotPermitted)]
    [InlineData("io_uring_register", 427, new ulong[0], NotPermitted)]
    [InlineData("mount", 165, new ulong[0], NotPermitted)]
    [InlineData("connect", 42, new ulong[0], NotPermitted)]
    [InlineData("recvfrom", 45, new ulong[0], SeccompMachine.Allow)]
    [InlineData("sendmsg", 46, new ulong[0], SeccompMachine.Allow)]
    [InlineData("socket, UNIX stream", 41, new ulong[] { 1, 1 }, SeccompMachine.Allow)]
    [InlineData("socket, UNIX stream closed on exec", 41, new ulong[] { 1, 0x80001 }, SeccompMachine.Allow)]
    [InlineData("socket, UNIX datagram", 41, new ulong[] { 1, 2 }, NotPermitted)]
    [InlineData("socket, UNIX raw", 41, new ulong[] { 1, 3 }, NotPermitted)]
    [InlineData("socket, IPv4", 41, new ulong[] { 2, 1 }, NotPermitted)]
    [InlineData("socket, upper half set", 41, new ulong[] { 0x1_0000_0002, 1 }, NotPermitted)]
    [InlineData("socket, netlink", 41, new ulong[] { 16, 3 }, NotPermitted)]
    [InlineData("socketpair, UNIX datagram", 53, new ulong[] { 1, 2 }, SeccompMachine.Allow)]
    [InlineData("socketpair, IPv4", 53, new ulong[] { 2, 1 }, NotPermitted)]
    [InlineData("ioctl, TIOCSTI", 16, new ulong[] { 0, 0x5412 }, NotPermitted)]
    [InlineData("ioctl, TIOCSTI with upper half", 16, new ulong[] { 0, 0xFFFF_0000_0000_5412 }, NotPermitted)]
    [InlineData("ioctl, TIOCLINUX", 16, new ulong[] { 0, 0x541C }, NotPermitted)]
    [InlineData("ioctl, TCGETS", 16, new ulong[] { 0, 0x5401 }, SeccompMachine.Allow)]
    [InlineData("chmod", 90, new ulong[] { 0, 0x1ED }, SeccompMachine.Allow)]
    [InlineData("chmod, setuid", 90, new ulong[] { 0, 0x9ED }, NotPermitted)]
    [InlineData("fchmodat, setgid", 268, new ulong[] { 0, 0, 0x5ED }, NotPermitted)]
    [InlineData("openat to read, odd mode", 257, new ulong[] { 0, 0, 0, 0xFFF }, SeccompMachine.Allow)]
    [InlineData("openat, create", 257, new ulong[] { 0, 0, 0x41, 0x1ED }, SeccompMachine.Allow)]
    [InlineData("openat, create setuid", 257, new ulong[] { 0, 0, 0x41, 0x9ED }, NotPermitted)]
    [InlineData("openat2", 437, new ulong[0], NotImplemented)]
    [InlineData("x32 read", 0x40000000, new ulong[0], NotPermitted)]
    public void On_x86_64_a_workspace_answers(string call, int number, ulong[] arguments, uint answer)
    {
        var program = SeccompProgram.Assemble(SeccompRules.For(Workspace, hasNamespaces: true, guardsMetadata: false), SandboxArchitecture.X64);

        SeccompMachine.Run(program, SeccompMachine.X64, number, arguments).ShouldBe(answer, call);
    }

    [Theory]
    [InlineData("read", 63, new ulong[0], SeccompMachine.Allow)]
    [InlineData("ptrace", 117, new ulong[0], NotPermitted)]
    [InlineData("process_vm_writev", 271, new ulong[0], NotPermitted)]
    [InlineData("io_uring_setup", 425, new ulong[0], NotPermitted)]
    [InlineData("connect", 203, new ulong[0], NotPermitted)]
    [InlineData("recvfrom", 207, new ulong[0], SeccompMachine.Allow)]
    [InlineData("socket, UNIX", 198, new ulong[] { 1, 1 }, SeccompMachine.Allow)]
    [InlineData("socket, IPv6", 198, new ulong[] { 10, 1 }, NotPermitted)]
    [InlineData("ioctl, TIOCSTI", 29, new ulong[] { 0, 0x5412 }, NotPermitted)]
    [InlineData("fchmodat, setuid", 53, new ulong[] { 0, 0, 0x9ED }, NotPermitted)]
    public void On_aarch64_a_workspace_answers(string call, int number, ulong[] arguments, uint answer)
    {
        var program = SeccompProgram.Assemble(SeccompRules.For(Workspace, hasNamespaces: true, guardsMetadata: false), SandboxArchitecture.Arm64);

        SeccompMachine.Run(program, SeccompMachine.Arm64, number, arguments).ShouldBe(answer, call);
    }

    [Theory]
    [InlineData(SandboxArchitecture.X64, SeccompMachine.Arm64)]
    [InlineData(SandboxArchitecture.X64, 0x40000003u)]
    [InlineData(SandboxArchitecture.Arm64, SeccompMachine.X64)]
    [InlineData(SandboxArchitecture.Arm64, 0x40000028u)]
    public void Calls_of_another_processor_end_the_process(SandboxArchitecture ours, uint theirs)
    {
        var program = SeccompProgram.Assemble(SeccompRules.For(Workspace, hasNamespaces: true, guardsMetadata: false), ours);

        SeccompMachine.Run(program, theirs, 0).ShouldBe(Kill);
    }

    [Fact]
    public void With_the_network_allowed_sockets_are_free_and_the_rest_is_not()
    {
        var rules = SeccompRules.For(Workspace with { AllowsNetwork = true }, hasNamespaces: true, guardsMetadata: false);
        var program = SeccompProgram.Assemble(rules, SandboxArchitecture.X64);

        SeccompMachine.Run(program, SeccompMachine.X64, 41, 2, 1).ShouldBe(SeccompMachine.Allow);
        SeccompMachine.Run(program, SeccompMachine.X64, 42).ShouldBe(SeccompMachine.Allow);
        SeccompMachine.Run(program, SeccompMachine.X64, 101).ShouldBe(NotPermitted);
    }

    [Theory]
    [InlineData(true, SeccompMachine.Allow)]
    [InlineData(false, NotPermitted)]
    public void Without_namespaces_nothing_is_shared_with_processes_outside(bool hasNamespaces, uint answer)
    {
        var rules = SeccompRules.For(Workspace with { AllowsNetwork = true }, hasNamespaces, guardsMetadata: true);
        var program = SeccompProgram.Assemble(rules, SandboxArchitecture.X64);

        SeccompMachine.Run(program, SeccompMachine.X64, 29).ShouldBe(answer, "shmget");
        SeccompMachine.Run(program, SeccompMachine.X64, 240).ShouldBe(answer, "mq_open");
        SeccompMachine.Run(program, SeccompMachine.X64, 41, 1, 1).ShouldBe(answer, "a named socket");
        SeccompMachine.Run(program, SeccompMachine.X64, 41, 2, 1).ShouldBe(SeccompMachine.Allow, "the network");
    }

    [Theory]
    [InlineData(SandboxMode.ReadOnly, "chmod", 90, NotPermitted)]
    [InlineData(SandboxMode.ReadOnly, "utimensat", 280, NotPermitted)]
    [InlineData(SandboxMode.ReadOnly, "chown", 92, NotPermitted)]
    [InlineData(SandboxMode.WorkspaceWrite, "chmod", 90, SeccompMachine.Allow)]
    [InlineData(SandboxMode.WorkspaceWrite, "utimensat", 280, SeccompMachine.Allow)]
    [InlineData(SandboxMode.WorkspaceWrite, "chown", 92, NotPermitted)]
    [InlineData(SandboxMode.WorkspaceWrite, "setxattr", 188, NotPermitted)]
    public void What_Landlock_does_not_see_is_filtered(SandboxMode mode, string call, int number, uint answer)
    {
        var policy = mode == SandboxMode.ReadOnly ? SandboxPolicy.ReadOnly : Workspace;
        var program = SeccompProgram.Assemble(SeccompRules.For(policy, hasNamespaces: false, guardsMetadata: true), SandboxArchitecture.X64);

        SeccompMachine.Run(program, SeccompMachine.X64, number, 0, 0x1ED).ShouldBe(answer, call);
    }

    [SkippableTheory]
    [InlineData("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", SandboxArchitecture.X64)]
    [InlineData("/usr/include/asm-generic/unistd.h", SandboxArchitecture.Arm64)]
    public void The_numbers_are_the_kernels(string header, SandboxArchitecture architecture)
    {
        Skip.IfNot(File.Exists(header), $"skipped, because {header} is not installed");
        var numbers = Definition().Matches(File.ReadAllText(header))
            .ToDictionary(m => m.Groups[2].Value, m => int.Parse(m.Groups[3].Value, CultureInfo.InvariantCulture));

        IEnumerable<SystemCall> all =
        [
            .. SystemCalls.OtherProcesses, .. SystemCalls.Machine, .. SystemCalls.Network, .. SystemCalls.SharedMemory, .. SystemCalls.Ownership, .. SystemCalls.ModesAndTimes,
            SystemCalls.Socket, SystemCalls.SocketPair, SystemCalls.Ioctl, SystemCalls.Open, SystemCalls.OpenAt, SystemCalls.OpenAt2,
            SystemCalls.Creat, SystemCalls.Mknod, SystemCalls.MknodAt,
        ];
        // Headers may be older than the newest calls.
        var compared = all.Where(c => numbers.ContainsKey(c.Name)).ToList();

        compared.Count.ShouldBeGreaterThan(40);
        compared.Where(c => c.Number(architecture) is { } number && number != numbers[c.Name]).ShouldBeEmpty();
    }

    [GeneratedRegex(@"^#define __NR(3264)?_(\w+)\s+(\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Definition();
}
