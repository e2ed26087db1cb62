namespace Codex.Gateway.Proxy;

/// <summary>
/// Disposing a body that nobody reads makes the HTTP client read on for seconds, hoping to use the connection
/// again, while the model generates for nobody. Cancelling a read that waits closes the connection at once.
/// </summary>
internal static class AbandonedBody
{
    private const int ReadSize = 16 * 1024;

    /// <summary>What has arrived already must be read first; beyond this much the HTTP client may do as it likes.</summary>
    private const int MostReads = 64;

    public static void Cancel(Stream body, CancellationTokenSource cancel)
    {
        // Not from the pool: the cancelled read may yet write into it.
        var scratch = new byte[ReadSize];
        try
        {
            for (var i = 0; i < MostReads && !cancel.IsCancellationRequested; i++)
            {
                var read = body.ReadAsync(scratch, cancel.Token);
                if (!read.IsCompleted)
                {
                    _ = read.AsTask();
                    break;
                }

                if (read.GetAwaiter().GetResult() == 0)
                    break;
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            // It ended by itself.
        }

        cancel.Cancel();
    }
}
