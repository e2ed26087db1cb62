using System.Runtime.InteropServices;

namespace Codex.Agent.Sandbox;

/// <summary>A processor whose system calls are known here.</summary>
public enum SandboxArchitecture
{
    X64,
    Arm64,
}

/// <summary>Whether commands can be run on this machine at all.</summary>
public static class SandboxPlatform
{
    /// <summary>The processor commands run on; null where none can be run, see <see cref="Unsupported"/>.</summary>
    public static SandboxArchitecture? Architecture { get; } = !OperatingSystem.IsLinux()
        ? null
        : RuntimeInformation.ProcessArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => SandboxArchitecture.X64,
            System.Runtime.InteropServices.Architecture.Arm64 => SandboxArchitecture.Arm64,
            _ => null,
        };

    /// <summary>Why no command can be run here.</summary>
    public static string Unsupported { get; } =
        "Commands can be run on 64-bit Linux (x86_64, aarch64) only; this is "
        + $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture}. On Windows use WSL 2, on macOS a Linux container.";
}
