namespace Codex.ConfigTool.Files;

/// <summary>
/// What this tool does to files, so that systems and tests can differ. Everything fails by <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/>; who calls it turns them into a refusal.
/// </summary>
public abstract class FileSystem
{
    /// <summary>Behind the name of a replaced text, on systems where replacing takes more than one step.</summary>
    public const string ReplacedSuffix = ".old";

    /// <summary>The one for the running system.</summary>
    public static FileSystem Current { get; } = OperatingSystem.IsWindows() ? new WindowsFileSystem() : new UnixFileSystem();

    /// <summary>The user whose rights count; null on systems that have no numbers for users.</summary>
    public abstract uint? EffectiveUser { get; }

    /// <summary>What stands at the path, or null. Links are not followed.</summary>
    public abstract FileFacts? Describe(string path);

    /// <summary>Makes a file that must not exist yet, with everything on the disk before it returns. Nothing is left behind on failure.</summary>
    public abstract void WriteNew(string path, ReadOnlySpan<byte> bytes, FileRights rights);

    /// <summary>Puts a file in the place of another, or of nothing, in one step.</summary>
    public abstract void Replace(string source, string target);

    /// <summary>Makes the names in a directory last over a power cut.</summary>
    public abstract void SyncDirectory(string path);

    /// <summary>Makes a directory for the owner only, and those above it.</summary>
    public abstract void CreatePrivateDirectory(string path);

    /// <summary>Where programs keep what they remember.</summary>
    /// <param name="userHome">The user's home directory.</param>
    /// <param name="variable">The value of an environment variable, null when it is unset or empty.</param>
    public virtual string StatePlace(string userHome, Func<string, string?> variable) =>
        variable("XDG_STATE_HOME") is { } place && Path.IsPathFullyQualified(place) ? place : Path.Combine(userHome, ".local", "state");

    public virtual byte[] ReadAll(string path) => File.ReadAllBytes(path);

    /// <summary>Where a link leads, one step, as a full path.</summary>
    public virtual string ReadLink(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName ?? throw new IOException($"{path} is no link that can be read");

    public virtual void Delete(string path) => File.Delete(path);

    public virtual IEnumerable<string> FilesIn(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal) : [];

    /// <summary>Writes through the file that is there. Not safe against a crash.</summary>
    public virtual void WriteInPlace(string path, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        stream.Write(bytes);
        stream.SetLength(bytes.Length);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Opens a file that only one process can hold open, and gives it a new time; throws <see cref="IOException"/> while another one does.</summary>
    public virtual IDisposable OpenLock(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            // Another length is another time, and takes no room on a full disk.
            file.SetLength(file.Length == 0 ? 1 : 0);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
