using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Codex.Agent.Edits;

/// <summary>What the system says about a file. Only Linux tells owners, links and modes here.</summary>
internal readonly partial record struct FileStatus(int Error, bool IsDirectory, bool IsRegular, uint Links, uint User, uint Group, int Mode)
{
    public const int NotFound = 2;

    private const int CurrentDirectory = -100;
    private const int LinkItself = 0x100;
    private const uint BasicFacts = 0x7ff;
    private const int TypeMask = 0xf000;
    private const int DirectoryType = 0x4000;
    private const int RegularType = 0x8000;

    public bool Exists => Error == 0;

    /// <param name="followsLink">False: a link speaks for itself, and is not regular.</param>
    public static FileStatus Of(string path, bool followsLink = true)
    {
        if (!OperatingSystem.IsLinux())
        {
            var (isDirectory, isFile) = (Directory.Exists(path), File.Exists(path));
            return new FileStatus(isDirectory || isFile ? 0 : NotFound, isDirectory, isFile, 1, 0, 0, Mode: 0);
        }

        // struct statx of linux/stat.h, the same on every architecture.
        Span<byte> facts = stackalloc byte[256];
        if (StatX(CurrentDirectory, path, followsLink ? 0 : LinkItself, BasicFacts, ref MemoryMarshal.GetReference(facts)) != 0)
            return new FileStatus(Marshal.GetLastPInvokeError(), false, false, 0, 0, 0, Mode: 0);
        var mode = MemoryMarshal.Read<ushort>(facts[28..]);
        var type = mode & TypeMask;
        return new FileStatus(
            0,
            type == DirectoryType,
            type == RegularType,
            MemoryMarshal.Read<uint>(facts[16..]),
            MemoryMarshal.Read<uint>(facts[20..]),
            MemoryMarshal.Read<uint>(facts[24..]),
            mode & ~TypeMask);
    }

    /// <returns>Whether the file now belongs to them.</returns>
    public static bool TryGive(SafeFileHandle file, uint user, uint group) => OperatingSystem.IsLinux() && ChangeOwner(file, user, group) == 0;

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

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    private static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);
}
