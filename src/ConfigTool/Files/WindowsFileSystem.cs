namespace Codex.ConfigTool.Files;

/// <summary>Windows: no owners and modes here, access lists are kept by <see cref="File.Replace(string, string, string?)"/>.</summary>
internal class WindowsFileSystem : FileSystem
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

    public override string StatePlace(string userHome, Func<string, string?> variable) =>
        variable("LOCALAPPDATA") ?? Path.Combine(userHome, "AppData", "Local");

    /// <summary>
    /// Scanners hold files open for moments, so a shared file is tried again. The old text gets a name of its own until the new one is in its
    /// place: without one, ReplaceFile that fails half-way (error 1176) leaves no file at all.
    /// </summary>
    public override void Replace(string source, string target)
    {
        var old = source + ReplacedSuffix;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (!File.Exists(target))
                    File.Move(source, target);
                else
                    Swap(source, target, old);
                break;
            }
            catch (IOException e)
            {
                // Error 1177: the old text has its other name already, the new one is not in its place.
                if (!File.Exists(target) && File.Exists(old))
                    File.Move(old, target);
                if (e.HResult != SharingViolation || attempt == Attempts)
                    throw;
                Pause(Math.Min(1 << attempt, LongestPause));
            }
        }

        try
        {
            File.Delete(old);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The new text is in its place; the next run sweeps the old one.
        }
    }

    /// <summary>ReplaceFile of Windows. Rights and attributes that cannot be carried over are an error: a file that is open to fewer must not open to more.</summary>
    protected virtual void Swap(string source, string target, string old) => File.Replace(source, target, old, ignoreMetadataErrors: false);

    /// <summary>A scanner needs time, and turning on the spot gives it none.</summary>
    protected virtual void Pause(int milliseconds)
    {
        using var pause = new ManualResetEventSlim();
        pause.Wait(milliseconds);
    }

    public override void SyncDirectory(string path)
    {
        // NTFS writes names through its own journal.
    }

    public override void CreatePrivateDirectory(string path) => Directory.CreateDirectory(path);
}
