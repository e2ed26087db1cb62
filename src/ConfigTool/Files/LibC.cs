using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Codex.ConfigTool.Files;

/// <summary>Calls that .NET does not offer.</summary>
internal static partial class LibC
{
    public const int InvalidArgument = 22;

    /// <summary>O_RDONLY | O_CLOEXEC; the second has another number on macOS.</summary>
    public static int ReadOnlyCloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    public static void Check(int result, string what)
    {
        if (result != 0)
            throw new IOException($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();
}
