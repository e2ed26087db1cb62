using System.Runtime.InteropServices;
using Codex.Agent.Processes;

namespace Codex.Agent.Sandbox;

/// <summary>
/// An empty directory where a protected name was missing, so that something read-only can be mounted there and a command
/// cannot make its own. It goes when the last command that needs it, of any process, has ended.
/// </summary>
/// <remarks>
/// Each command holds a shared lock on the directory; who gets it alone may remove it. The sticky bit says that it is ours.
/// Anybody outside a sandbox may fill it meanwhile (<c>git init</c>), then it stays.
/// </remarks>
internal sealed class ProtectedPlaceholder : IDisposable
{
    private const uint Mode = 0x200 | 0x1ED;
    private const int ReadDirectory = 0x10000 | 0x20000;
    private const int ReadDirectoryOnArm = 0x4000 | 0x8000;
    private const int Shared = 1;
    private const int Alone = 2 | 4;
    private const int NotPermitted = 1;
    private const int NoEntry = 2;
    private const int AccessDenied = 13;
    private const int FileExists = 17;
    private const int ReadOnlyFileSystem = 30;
    private readonly string _path;
    private readonly int _descriptor;

    private ProtectedPlaceholder(string path, int descriptor)
    {
        _path = path;
        _descriptor = descriptor;
    }

    /// <summary>Whether this is one, of any process.</summary>
    public static bool IsAt(string path) =>
        !OperatingSystem.IsWindows()
        && Directory.Exists(path)
        && File.GetUnixFileMode(path).HasFlag(UnixFileMode.StickyBit)
        && IsEmpty(path);

    /// <returns>The placeholder; nothing at all when a command could not create the name either; else the fault.</returns>
    public static (ProtectedPlaceholder? Held, string? Fault) Hold(string path)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (LibC.MakeDirectory(path, Mode) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error is NotPermitted or NoEntry or AccessDenied or ReadOnlyFileSystem)
                    return (null, null);
                if (error != FileExists)
                    return (null, $"{path} cannot be protected from commands: {Marshal.GetPInvokeErrorMessage(error)}.");
            }

            var flags = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? ReadDirectoryOnArm : ReadDirectory;
            var descriptor = LibC.Open(path, flags | LibC.CloseOnExec, 0);
            if (descriptor < 0)
            {
                if (Marshal.GetLastPInvokeError() == NoEntry)
                    continue;
                return (null, $"{path} cannot be protected from commands: {LibC.LastError()}.");
            }

            // Another process may have removed it between the two calls.
            if (LibC.Lock(descriptor, Shared) == 0 && new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget == path)
                return (new ProtectedPlaceholder(path, descriptor), null);
            LibC.Close(descriptor);
        }

        return (null, $"{path} cannot be protected from commands: it comes and goes.");
    }

    public void Dispose()
    {
        if (LibC.Lock(_descriptor, Alone) == 0 && IsAt(_path))
            LibC.RemoveDirectory(_path);
        LibC.Close(_descriptor);
    }

    /// <summary>Whether it is a directory with nothing in it; not when it went while it was looked at.</summary>
    public static bool IsEmpty(string path)
    {
        try
        {
            return !Directory.EnumerateFileSystemEntries(path).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
