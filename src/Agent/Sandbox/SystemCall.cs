namespace Codex.Agent.Sandbox;

/// <summary>A Linux system call by its number on each processor; null where the processor has none of that name.</summary>
/// <remarks>Numbers: <c>arch/x86/entry/syscalls/syscall_64.tbl</c> and <c>include/uapi/asm-generic/unistd.h</c> of Linux.</remarks>
public sealed record SystemCall(string Name, int? X64, int? Arm64)
{
    public int? Number(SandboxArchitecture architecture) => architecture switch
    {
        SandboxArchitecture.X64 => X64,
        SandboxArchitecture.Arm64 => Arm64,
        _ => throw new ArgumentOutOfRangeException(nameof(architecture)),
    };
}
