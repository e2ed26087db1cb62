namespace Codex.Contract.Tests.StockClients;

/// <summary>
/// One process at a time: a file held open without sharing. The system lets go of it when the holder dies, and the
/// file stays, since deleting it would let two waiters hold two different files of the same name.
/// </summary>
public static class InstallLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <exception cref="TimeoutException">Another process held the lock for longer than <paramref name="limit"/>.</exception>
    public static async Task<IAsyncDisposable> TakeAsync(string path, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException held) when (File.Exists(path))
            {
                if (timeout.IsCancellationRequested)
                    throw new TimeoutException($"{path} is held by another test run for more than {limit.TotalMinutes} minutes", held);
            }
            await Task.Delay(Poll);
        }
    }
}
