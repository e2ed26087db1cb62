using System.Diagnostics;

namespace Codex.Gateway.CommandLine;

/// <summary>Stops the gateway when the program that started it has ended, however that happened.</summary>
internal static class ParentProcess
{
    public static async Task StopAfterAsync(int? id, IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        if (id is not { } number)
            return;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, cancellation);
        try
        {
            using var parent = Process.GetProcessById(number);
            await parent.WaitForExitAsync(stopping.Token);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lifetime.StopApplication();
    }
}
