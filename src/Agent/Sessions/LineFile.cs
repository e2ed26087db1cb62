namespace Codex.Agent.Sessions;

/// <summary>
/// A file of lines that only ever grows. Each line is one write, so that a run that is killed leaves whole lines; where
/// an earlier one left half a line all the same, the next begins a line of its own.
/// </summary>
internal static class LineFile
{
    /// <summary>Nobody but the user reads what was said.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int MostTries = 200;

    private const UnixFileMode PrivateDirectory = Private | UnixFileMode.UserExecute;

    /// <param name="line">Without a line end.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Append(string path, ReadOnlySpan<byte> line)
    {
        CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = OpenAlone(path);
        Append(file, line);
    }

    /// <summary>Two programs may write to one session: each line is written under a lock, so that none is written over.</summary>
    private static FileStream OpenAlone(string path)
    {
        var pause = new SpinWait();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Open(path, FileShare.None);
            }
            catch (IOException) when (attempt < MostTries && File.Exists(path))
            {
                pause.SpinOnce();
            }
            catch (IOException) when (File.Exists(path))
            {
                // Whoever holds it for that long does not write lines.
                return Open(path, FileShare.ReadWrite | FileShare.Delete);
            }
        }
    }

    public static void Append(FileStream file, ReadOnlySpan<byte> line)
    {
        var startsInsideLine = EndsInsideLine(file);
        var whole = new byte[line.Length + (startsInsideLine ? 2 : 1)];
        if (startsInsideLine)
            whole[0] = (byte)'\n';
        line.CopyTo(whole.AsSpan(startsInsideLine ? 1 : 0));
        whole[^1] = (byte)'\n';
        file.Seek(0, SeekOrigin.End);
        file.Write(whole);
    }

    /// <param name="share"><see cref="FileShare.None"/> is an advisory lock, the one that Codex takes too.</param>
    public static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Private;
        return new FileStream(path, options);
    }

    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, PrivateDirectory);
    }

    private static bool EndsInsideLine(FileStream file)
    {
        if (file.Length == 0)
            return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }
}
