using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Files;

/// <summary>
/// Keeps two runs of this tool from writing the same file at once. The system frees it when a process dies. Codex does not know it. The wait
/// starts anew whenever the lock goes to another run, so that many runs at once all get their turn on a slow machine, and one that hangs is given up on
/// soon. A queue that never ends is given up on as well.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestQueue = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <returns>What to dispose to free it, or why it cannot be had.</returns>
    public static async Task<(IDisposable? Held, Refusal? Refusal)> TakeAsync(FileSystem files, TimeProvider time, string path, CancellationToken cancellation)
    {
        var arrived = time.GetTimestamp();
        var started = arrived;
        DateTime? taken = null;
        while (true)
        {
            try
            {
                files.CreatePrivateDirectory(Path.GetDirectoryName(path)!);
                return (files.OpenLock(path), null);
            }
            catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException && !File.Exists(path)))
            {
                return (null, new(ExitCodes.CannotWrite, $"cannot use {path}: {e.Message}", "name another place with --state-dir"));
            }
            catch (IOException) when (time.GetElapsedTime(arrived) > LongestQueue || (time.GetElapsedTime(started) > LongestWait && File.GetLastWriteTimeUtc(path) == taken))
            {
                return (null, new(ExitCodes.ChangedUnderneath, $"another codex-config is at work and holds {path}; nothing was written",
                    "run this again when it has ended; if it hangs, end it, which frees the lock"));
            }
            catch (IOException) when (File.GetLastWriteTimeUtc(path) is var now && now != taken)
            {
                (taken, started) = (now, time.GetTimestamp());
            }
            catch (IOException)
            {
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }
}
