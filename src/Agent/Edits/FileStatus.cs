using System.Runtime.InteropServices;

namespace Codex.Agent.Edits;

/// <summary>What the system says about a file, links followed. Only Linux tells owners and links here.</summary>
internal readonly partial record struct FileStatus(int Error, bool IsDirectory, bool IsRegular, uint Links, uint User, uint Group)
{
    public const int NotFound = 2;

    private const int CurrentDirectory = -100;
    private const uint BasicFacts = 0x7ff;
    private const int TypeMask = 0xf000;
    private const int DirectoryType = 0x4000;
    private const int RegularType = 0x8000;

    public bool Exists => Error == 0;

    public static FileStatus Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            var (isDirectory, isFile) = (Directory.Exists(path), File.Exists(path));
            return new FileStatus(isDirectory || isFile ? 0 : NotFound, isDirectory, isFile, 1, 0, 0);
        }

        // struct statx of linux/stat.h, the same on every architecture.
        Span<byte> facts = stackalloc byte[256];
        if (StatX(CurrentDirectory, path, 0, BasicFacts, ref MemoryMarshal.GetReference(facts)) != 0)
            return new FileStatus(Marshal.GetLastPInvokeError(), false, false, 0, 0, 0);
        var type = MemoryMarshal.Read<ushort>(facts[28..]) & TypeMask;
        return new FileStatus(
            0,
            type == DirectoryType,
            type == RegularType,
            MemoryMarshal.Read<uint>(facts[16..]),
            MemoryMarshal.Read<uint>(facts[20..]),
            MemoryMarshal.Read<uint>(facts[24..]));
    }

    /// <returns>Whether the file now belongs to them.</returns>
    public static bool TryGive(string path, uint user, uint group) => OperatingSystem.IsLinux() && ChangeOwner(path, user, group) == 0;

    /// <summary>As the original prints errors of the system.</summary>
    public static string Describe(int error) => error switch
    {
        NotFound => "No such file or directory (os error 2)",
        13 => "Permission denied (os error 13)",
        20 => "Not a directory (os error 20)",
        36 => "Filename too long (os error 36)",
        40 => "Symbolic link loop (os error 40)",
        _ => $"{Marshal.GetPInvokeErrorMessage(error)} (os error {error})",
    };

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, ref byte facts);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
