namespace Codex.Gateway.Configuration;

/// <summary>Changes a configuration file as a whole: whoever reads it sees it before the change or after, and two writers take turns.</summary>
internal static class ConfigurationFileWriter
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Tries = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="path">A link is followed; the file and its directory need not exist.</param>
    /// <param name="edit">From the bytes of the file, none where there is none, to those that take their place.</param>
    /// <returns>The reason why nothing was written, or null.</returns>
    public static async Task<string?> ChangeAsync(string path, Func<byte[], KeyFileEdited> edit, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path.GetFullPath(path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var lockFile = $"{target}.lock";
            if (!await TakeAsync(lockFile, time, cancellation))
                return $"{path}: another program is changing it; should there be none, delete {lockFile}";
            try
            {
                var before = File.Exists(target) ? await File.ReadAllBytesAsync(target, cancellation) : [];
                switch (edit(before))
                {
                    case KeyFileEdited.Refused refused:
                        return refused.Reason;
                    case KeyFileEdited.Done done:
                        await ReplaceAsync(target, done.File.AsMemory(), cancellation);
                        return null;
                    case var other:
                        throw new NotSupportedException(other.GetType().Name);
                }
            }
            finally
            {
                File.Delete(lockFile);
            }
        }
        catch (UnauthorizedAccessException)
        {
            return Directory.Exists(path)
                ? $"{path}: is a directory; name the file in it with --config"
                : $"{path}: may not be written; run this as its owner, or name another file with --config";
        }
        catch (IOException e)
        {
            return $"{path}: cannot be written: {e.Message}";
        }
    }

    private static async Task<bool> TakeAsync(string lockFile, TimeProvider time, CancellationToken cancellation)
    {
        for (var i = 0; i < Tries; i++)
        {
            try
            {
                await using var taken = new FileStream(lockFile, FileMode.CreateNew, FileAccess.Write);
                return true;
            }
            catch (IOException) when (File.Exists(lockFile))
            {
                await Task.Delay(Pause, time, cancellation);
            }
        }

        return false;
    }

    private static async Task ReplaceAsync(string target, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var unfinished = $"{target}.{Environment.ProcessId}.tmp";
        var mode = OperatingSystem.IsWindows() || !File.Exists(target) ? OnlyOwner : File.GetUnixFileMode(target);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OnlyOwner;
        try
        {
            await using (var file = new FileStream(unfinished, options))
            {
                await file.WriteAsync(content, cancellation);
                file.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(unfinished, mode);
            File.Move(unfinished, target, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
