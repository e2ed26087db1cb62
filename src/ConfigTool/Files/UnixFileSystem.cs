using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Codex.ConfigTool.Files;

/// <summary>Linux and macOS.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixFileSystem : FileSystem
{
    private const UnixFileMode PrivateDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public override uint? EffectiveUser => LibC.EffectiveUser();

    public override FileFacts? Describe(string path) => OperatingSystem.IsMacOS() ? MacStat.Read(path) : LinuxStat.Read(path);

    public override void WriteNew(string path, ReadOnlySpan<byte> bytes, FileRights rights)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var stream = new FileStream(path, options);
        try
        {
            stream.Write(bytes);
            // The owner first: changing it takes bits away.
            if (rights is { UserId: { } user, GroupId: { } group })
                LibC.Check(LibC.ChangeOwner(stream.SafeFileHandle, user, group), $"cannot give {path} its owner");
            File.SetUnixFileMode(stream.SafeFileHandle, rights.Mode);
            if (rights.AccessListOf is { } source)
                AccessList.Copy(source, stream.SafeFileHandle);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public override void Replace(string source, string target) => File.Move(source, target, overwrite: true);

    /// <summary>.NET opens no directories, hence the calls to the system's library.</summary>
    public override void SyncDirectory(string path)
    {
        using var directory = LibC.Open(path, LibC.ReadOnlyCloseOnExec);
        if (directory.IsInvalid)
            throw new IOException($"cannot open {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        // File systems without this say EINVAL; there is nothing to do better then.
        if (LibC.Sync(directory) != 0 && Marshal.GetLastPInvokeError() != LibC.InvalidArgument)
            throw new IOException($"cannot write {path} to the disk: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public override void CreatePrivateDirectory(string path) => Directory.CreateDirectory(path, PrivateDirectory);
}
