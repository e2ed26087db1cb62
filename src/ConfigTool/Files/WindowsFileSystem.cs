namespace Codex.ConfigTool.Files;

/// <summary>Windows: no owners and modes here, access lists are kept by <see cref="File.Replace(string, string, string?)"/>.</summary>
internal sealed class WindowsFileSystem : FileSystem
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int Attempts = 20;

    /// <summary>Milliseconds between two attempts, at most; all attempts together take under two seconds.</summary>
    private const int LongestPause = 100;

    public override uint? EffectiveUser => null;

    public override FileFacts? Describe(string path)
    {
        FileSystemInfo found = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (!found.Exists && found.LinkTarget is null)
            return null;
        var kind = found.LinkTarget is not null ? FileKind.Link : found is DirectoryInfo ? FileKind.Directory : FileKind.Regular;
        return new(kind, FileRights.Private.Mode, 0, 0, 1, found.Exists && found.Attributes.HasFlag(FileAttributes.ReadOnly));
    }

    public override void WriteNew(string path, ReadOnlySpan<byte> bytes, FileRights rights)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            stream.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Scanners hold files open for moments, so a shared file is tried again.</summary>
    public override void Replace(string source, string target)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (File.Exists(target))
                    File.Replace(source, target, destinationBackupFileName: null);
                else
                    File.Move(source, target);
                return;
            }
            catch (IOException e) when (e.HResult == SharingViolation && attempt < Attempts)
            {
                // A scanner needs time, and turning on the spot gives it none.
                using var pause = new ManualResetEventSlim();
                pause.Wait(Math.Min(1 << attempt, LongestPause));
            }
        }
    }

    public override void SyncDirectory(string path)
    {
        // NTFS writes names through its own journal.
    }

    public override void CreatePrivateDirectory(string path) => Directory.CreateDirectory(path);
}
