using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Codex.Agent.Processes;
using Microsoft.Win32.SafeHandles;

namespace Codex.Agent.Sandbox;

/// <summary>
/// Landlock, seccomp and no privileges, put on the thread that runs this and kept by the program it then becomes. Nothing
/// of it can be taken off again.
/// </summary>
internal static unsafe partial class KernelConfinement
{
    private const long CreateRuleset = 444;
    private const long AddRule = 445;
    private const long RestrictSelf = 446;
    private const int PathOnly = 0x200000;

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int SetCapabilities(uint* header, uint* data);

    /// <summary>The version of Landlock this kernel has; 0 for none.</summary>
    public static int LandlockVersion()
    {
        const long AskVersion = 1;
        return (int)Math.Max(0, LibC.SystemCall(CreateRuleset, 0, 0, AskVersion, 0));
    }

    /// <summary>Becomes the program that waits on the descriptor. Returns only what went wrong.</summary>
    public static string Enter()
    {
        try
        {
            ConfinedLaunch launch;
            using (var stream = new FileStream(new SafeFileHandle(ConfinedLaunch.Descriptor, ownsHandle: true), FileAccess.Read))
                launch = ConfinedLaunch.Read(stream);
            Confine(launch);
            using var arguments = new NativeStrings(launch.Arguments);
            using var environment = NativeStrings.Environment(launch.Environment);
            // .NET ignores it, and what is ignored stays so after exec.
            LibC.Signal(LibC.SigPipe, 0);
            LibC.Execute(launch.File, arguments.Pointer, environment.Pointer);
            return $"{launch.File}: {LibC.LastError()}.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            return $"The sandbox could not be set up: {e.Message}";
        }
    }

    private static void Confine(ConfinedLaunch launch)
    {
        const int SetParentDeathSignal = 1;
        const int SetNoNewPrivileges = 38;
        if (!launch.HasNamespaces)
            LibC.ProcessControl(SetParentDeathSignal, LibC.SigKill, 0, 0, 0);
        Check(LibC.ProcessControl(SetNoNewPrivileges, 1, 0, 0, 0), "prctl");
        Descriptors.CloseAllOnExec();
        RestrictFiles(launch);
        DropCapabilities();
        InstallFilter(launch);
    }

    private static void RestrictFiles(ConfinedLaunch launch)
    {
        var rights = LandlockRights.For(launch.LandlockVersion, launch.AllowsNetwork);
        var attributes = stackalloc ulong[3] { rights.Files, rights.Network, rights.Scope };
        // Kernels refuse a structure that is longer than the one they know and not zero behind it.
        var size = launch.LandlockVersion >= 6 ? 24 : launch.LandlockVersion >= 4 ? 16 : 8;
        var ruleset = Check(LibC.SystemCall(CreateRuleset, (long)(nint)attributes, size, 0, 0), "landlock_create_ruleset");
        foreach (var root in launch.Roots)
            Grant(ruleset, root, Directory.Exists(root) ? rights.OnRoots : rights.OnFiles);
        foreach (var device in LandlockRights.Devices.Where(File.Exists))
            Grant(ruleset, device, rights.OnDevices);
        Check(LibC.SystemCall(RestrictSelf, ruleset, 0, 0, 0), "landlock_restrict_self");
        LibC.Close((int)ruleset);
    }

    private static void Grant(long ruleset, string path, ulong access)
    {
        const long PathBeneath = 1;
        // What has gone meanwhile needs no rule.
        const int NotFound = 2;
        var descriptor = LibC.Open(path, PathOnly | LibC.CloseOnExec, 0);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() == NotFound)
            return;
        Check(descriptor, path);
        var rule = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(rule, 8), access);
        BinaryPrimitives.WriteInt32LittleEndian(new Span<byte>(rule + 8, 4), descriptor);
        Check(LibC.SystemCall(AddRule, ruleset, PathBeneath, (long)(nint)rule, 0), path);
        LibC.Close(descriptor);
    }

    private static void DropCapabilities()
    {
        const int DropFromBoundingSet = 24;
        const int AmbientSet = 47;
        const int ClearAll = 4;
        const int Highest = 63;
        for (var capability = 0; capability <= Highest; capability++)
            LibC.ProcessControl(DropFromBoundingSet, capability, 0, 0, 0);
        LibC.ProcessControl(AmbientSet, ClearAll, 0, 0, 0);
        var header = stackalloc uint[2] { 0x20080522, 0 };
        var data = stackalloc uint[6];
        new Span<uint>(data, 6).Clear();
        Check(SetCapabilities(header, data), "capset");
    }

    private static void InstallFilter(ConfinedLaunch launch)
    {
        const int SetSeccomp = 22;
        const int FilterMode = 2;
        var mode = launch.Roots.IsEmpty ? SandboxMode.ReadOnly : SandboxMode.WorkspaceWrite;
        var policy = new SandboxPolicy(mode, launch.Roots, launch.AllowsNetwork);
        var program = SeccompProgram.Assemble(SeccompRules.For(policy, launch.HasNamespaces, guardsMetadata: true), SandboxPlatform.Architecture!.Value);
        fixed (byte* instructions = program.AsSpan())
        {
            // struct sock_fprog: how many, padding, where.
            var filter = stackalloc ulong[2] { (ulong)(program.Length / SeccompProgram.InstructionSize), (ulong)(nint)instructions };
            Check(LibC.ProcessControl(SetSeccomp, FilterMode, (nint)filter, 0, 0), "seccomp");
        }
    }

    private static long Check(long result, string what) =>
        result >= 0 ? result : throw new IOException($"{what}: {LibC.LastError()}.");
}
