using System.Runtime.InteropServices;

namespace Codex.ConfigTool.Files;

/// <summary>lstat(2) of macOS with 64-bit inodes, whose symbol carries a suffix on Intel.</summary>
internal static partial class MacStat
{
    private const int NoEntry = 2;
    private const int NotADirectory = 20;

    public static FileFacts? Read(string path)
    {
        var result = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatIntel(path, out var found) : Stat(path, out found);
        if (result == 0)
            return UnixMode.Facts(found.Mode, found.UserId, found.GroupId, found.HardLinks);
        return Marshal.GetLastPInvokeError() is NoEntry or NotADirectory
            ? null
            : throw new IOException($"cannot look at {path}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, out Buffer found);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatIntel(string path, out Buffer found);

    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct Buffer
    {
        [FieldOffset(4)]
        public ushort Mode;

        [FieldOffset(6)]
        public ushort HardLinks;

        [FieldOffset(16)]
        public uint UserId;

        [FieldOffset(20)]
        public uint GroupId;
    }
}
