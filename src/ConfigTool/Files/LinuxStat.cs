using System.Runtime.InteropServices;

namespace Codex.ConfigTool.Files;

/// <summary>statx(2), whose record is the same on every architecture.</summary>
internal static partial class LinuxStat
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFields = 0x7ff;
    private const int NoEntry = 2;
    private const int NotADirectory = 20;

    public static FileFacts? Read(string path)
    {
        if (StatX(CurrentDirectory, path, NoFollow, BasicFields, out var found) == 0)
            return UnixMode.Facts(found.Mode, found.UserId, found.GroupId, found.HardLinks);
        return Marshal.GetLastPInvokeError() is NoEntry or NotADirectory
            ? null
            : throw new IOException($"cannot look at {path}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, out Buffer found);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Buffer
    {
        [FieldOffset(16)]
        public uint HardLinks;

        [FieldOffset(20)]
        public uint UserId;

        [FieldOffset(24)]
        public uint GroupId;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
