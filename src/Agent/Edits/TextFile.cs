using System.Buffers;
using System.Text;
using Codex.Agent.Paths;

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
        if (!status.IsRegular)
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

    /// <summary>
    /// Writes through links, makes the directories above, and keeps mode and owner of a file that exists. Readers see the
    /// old or the new text, never a part; only a file with several hard links, or in a directory that takes no new
    /// files, is written in place.
    /// </summary>
    /// <returns>Null, or why nothing was written.</returns>
    public static string? Write(string path, string text)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { } parent)
                Directory.CreateDirectory(parent);
            var target = RealPath.Resolve(path);
            var status = FileStatus.Of(target);
            if (status.Exists && !status.IsRegular)
                return "it is not a file";
            var bytes = Utf8.GetBytes(text);
            if (!status.Exists || !TryReplace(target, bytes, status))
                File.WriteAllBytes(target, bytes);
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
        if (status.IsDirectory)
            return "it is a directory";
        try
        {
            File.Delete(path);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    private static bool TryReplace(string target, byte[] bytes, FileStatus status)
    {
        // Whoever may not write the file may not replace it either, even where the directory would allow that.
        using (new FileStream(target, FileMode.Open, FileAccess.Write))
        {
        }

        if (status.Links > 1)
            return false;
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".codex-{Path.GetRandomFileName()}");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                stream.Write(bytes);
            var own = FileStatus.Of(temporary);
            if ((own.User, own.Group) != (status.User, status.Group) && !FileStatus.TryGive(temporary, status.User, status.Group))
                return false;
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
            return true;
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
