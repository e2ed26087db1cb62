using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Codex.ConfigTool.Files;

/// <summary>POSIX access lists, which Linux keeps in an extended attribute.</summary>
internal static partial class AccessList
{
    private const string Attribute = "system.posix_acl_access";
    private const int Longest = 64 * 1024;

    /// <summary>Gives the file the list of another one; does nothing when that has none or the file system knows none.</summary>
    public static void Copy(string source, SafeFileHandle target)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var list = ArrayPool<byte>.Shared.Rent(Longest);
        var length = Get(source, Attribute, list, Longest);
        if (length > 0)
            LibC.Check(Set(target, Attribute, list, (nuint)length, 0), $"cannot keep the access list of {source}");
        ArrayPool<byte>.Shared.Return(list);
    }

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Get(string path, string name, [Out] byte[] value, nuint size);

    [LibraryImport("libc", EntryPoint = "fsetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(SafeFileHandle file, string name, byte[] value, nuint size, int flags);
}
