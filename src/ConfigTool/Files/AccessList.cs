using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Codex.ConfigTool.Files;

/// <summary>Access lists: Linux keeps them in an extended attribute, macOS has a call that copies them.</summary>
internal static partial class AccessList
{
    private const string Attribute = "system.posix_acl_access";
    private const int Longest = 64 * 1024;

    /// <summary>COPYFILE_ACL of macOS.</summary>
    private const uint ListOnly = 1;

    /// <summary>Gives the file the list of another one; does nothing when that has none or the file system knows none.</summary>
    public static void Copy(string source, SafeFileHandle target)
    {
        if (OperatingSystem.IsMacOS())
            CopyOnMac(source, target);
        if (!OperatingSystem.IsLinux())
            return;
        var list = ArrayPool<byte>.Shared.Rent(Longest);
        var length = Get(source, Attribute, list, Longest);
        if (length > 0)
            LibC.Check(Set(target, Attribute, list, (nuint)length, 0), $"cannot keep the access list of {source}");
        ArrayPool<byte>.Shared.Return(list);
    }

    private static void CopyOnMac(string source, SafeFileHandle target)
    {
        using var from = LibC.Open(source, LibC.ReadOnlyCloseOnExec);
        if (!from.IsInvalid)
            LibC.Check(CopyFile(from, target, 0, ListOnly), $"cannot keep the access list of {source}");
    }

    [LibraryImport("libc", EntryPoint = "fcopyfile", SetLastError = true)]
    private static partial int CopyFile(SafeFileHandle from, SafeFileHandle to, nint state, uint flags);

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Get(string path, string name, [Out] byte[] value, nuint size);

    [LibraryImport("libc", EntryPoint = "fsetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(SafeFileHandle file, string name, byte[] value, nuint size, int flags);
}
