using System.Buffers;
using System.Text;
using Codex.Agent.Paths;
using Codex.Agent.Tools.Files;
using Microsoft.Win32.SafeHandles;

namespace Codex.Agent.Edits;

/// <summary>What reading a file as text gave.</summary>
public abstract record FileRead
{
    private FileRead()
    {
    }

    public sealed record Text(string Value) : FileRead;

    /// <param name="Reason">In the original's words.</param>
    /// <param name="IsMissing">There is no such file.</param>
    public sealed record Failed(string Reason, bool IsMissing) : FileRead;
}

/// <summary>Reads, writes and removes whole text files. Text is UTF-8; a byte order mark is ordinary content.</summary>
public static class TextFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="path">Absolute.</param>
    public static FileRead Read(string path)
    {
        var status = FileStatus.Of(path);
        if (!status.Exists)
            return new FileRead.Failed(FileStatus.Describe(status.Error), status.Error == FileStatus.NotFound);
        if (!status.IsRegular || KernelFiles.AreAt(path))
            return new FileRead.Failed($"path `{path}` is not a file", IsMissing: false);
        try
        {
            var bytes = File.ReadAllBytes(path);
            return Fault(bytes) is { } fault ? new FileRead.Failed(fault, IsMissing: false) : new FileRead.Text(Utf8.GetString(bytes));
        }
        catch (UnauthorizedAccessException)
        {
            return new FileRead.Failed(FileStatus.Describe(13), IsMissing: false);
        }
        catch (IOException error)
        {
            return new FileRead.Failed(error.Message, IsMissing: false);
        }
    }

    /// <summary>Writes through links; see <see cref="WriteAt"/>.</summary>
    /// <returns>Null, or why nothing was written.</returns>
    public static string? Write(string path, string text)
    {
        try
        {
            return WriteAt(RealPath.Resolve(path), text);
        }
        catch (IOException error)
        {
            return error.Message;
        }
    }

    /// <summary>
    /// Makes the directories above, and keeps mode and owner of a file that exists. Readers see the old or the new text,
    /// never a part; only a file with several hard links, or in a directory that takes no new files, is written in place.
    /// </summary>
    /// <param name="path">Absolute, links resolved: a link met on the way was put there since, and is not followed.</param>
    /// <returns>Null, or why nothing was written.</returns>
    public static string? WriteAt(string path, string text)
    {
        try
        {
            using var directory = AnchoredDirectory.Open(Path.GetDirectoryName(path) ?? "/", makesMissing: true);
            var name = Path.GetFileName(path);
            var status = FileStatus.Of(directory[name], followsLink: false);
            if (status.Exists && !status.IsRegular)
                return "it is not a file";
            var bytes = Utf8.GetBytes(text);
            if (!status.Exists)
                WriteNew(directory[name], bytes, _ => true);
            else if (!TryReplace(directory, name, bytes, status))
                Overwrite(directory, name, bytes);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return error.Message;
        }
    }

    /// <returns>Null, or why the file is still there. A link is removed itself, not what it points to.</returns>
    public static string? Delete(string path)
    {
        var status = FileStatus.Of(path);
        if (!status.Exists)
            return FileStatus.Describe(status.Error);
        return status.IsDirectory ? "it is a directory" : DeleteAt(RealPath.Entry(path));
    }

    /// <param name="path">Absolute; links resolved but for its own name, of which the link itself is removed.</param>
    /// <returns>Null, or why the file is still there.</returns>
    public static string? DeleteAt(string path)
    {
        try
        {
            using var directory = AnchoredDirectory.Open(Path.GetDirectoryName(path) ?? "/", makesMissing: false);
            var name = Path.GetFileName(path);
            if (FileStatus.Of(directory[name], followsLink: false) is { Exists: false } missing)
                return FileStatus.Describe(missing.Error);
            File.Delete(directory[name]);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    private static bool TryReplace(AnchoredDirectory directory, string name, byte[] bytes, FileStatus status)
    {
        // Whoever may not write the file may not replace it either, even where the directory would allow that.
        directory.OpenToWrite(name).Dispose();
        if (status.Links > 1)
            return false;

        var temporary = directory[$".codex-{Path.GetRandomFileName()}"];
        try
        {
            var isComplete = WriteNew(temporary, bytes, file => TakeOver(file, directory[name], status));
            if (isComplete)
                File.Move(temporary, directory[name], overwrite: true);
            return isComplete;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static bool WriteNew(string path, byte[] bytes, Func<SafeFileHandle, bool> finish)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        stream.Write(bytes);
        // A machine that stops right after the rename must not be left with an empty file.
        stream.Flush(flushToDisk: true);
        return finish(stream.SafeFileHandle);
    }

    /// <summary>By the open file: its name may be somebody else's by now.</summary>
    private static bool TakeOver(SafeFileHandle file, string from, FileStatus status)
    {
        if (OperatingSystem.IsWindows())
            return true;
        if (!OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(from));
            return true;
        }

        var own = FileStatus.Of($"/proc/self/fd/{file.DangerousGetHandle()}");
        if ((own.User, own.Group) != (status.User, status.Group) && !FileStatus.TryGive(file, status.User, status.Group))
            return false;
        File.SetUnixFileMode(file, (UnixFileMode)status.Mode);
        return true;
    }

    private static void Overwrite(AnchoredDirectory directory, string name, byte[] bytes)
    {
        using var file = directory.OpenToWrite(name);
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, bytes, 0);
    }

    /// <summary>The first byte that is no UTF-8, in the original's words.</summary>
    private static string? Fault(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var ascii = bytes[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7f);
            if (ascii < 0)
                return null;
            at += ascii;
            var status = Rune.DecodeFromUtf8(bytes[at..], out _, out var length);
            if (status == OperationStatus.NeedMoreData)
                return $"incomplete utf-8 byte sequence from index {at}";
            if (status == OperationStatus.InvalidData)
                return $"invalid utf-8 sequence of {length} bytes from index {at}";
            at += length;
        }

        return null;
    }
}
