using System.ComponentModel;
using System.Diagnostics;

namespace Codex.ConfigTool.Installation;

/// <summary>What became of a program that was run.</summary>
internal abstract record ProgramOutcome
{
    private ProgramOutcome()
    {
    }

    /// <param name="ExitCode">As the system gives it.</param>
    /// <param name="Output">Standard output.</param>
    /// <param name="Error">Standard error.</param>
    public sealed record Ended(int ExitCode, string Output, string Error) : ProgramOutcome;

    /// <param name="Reason">For people.</param>
    public sealed record NotStarted(string Reason) : ProgramOutcome;

    public sealed record TookTooLong(TimeSpan Limit) : ProgramOutcome;
}

/// <summary>Runs a program without a shell and with nothing on its standard input.</summary>
internal static class ProgramRun
{
    /// <summary>How long the rest of the output is waited for once the program has ended; a child it left behind may hold it open.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <param name="path">The program; never looked for in the current directory.</param>
    /// <param name="arguments">One by one.</param>
    /// <param name="variables">Its whole environment.</param>
    /// <param name="folder">Where it runs; null for the current directory.</param>
    /// <param name="limit">After this it is killed with all its children.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public static async Task<ProgramOutcome> RunAsync(
        string path, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables, string? folder, TimeSpan limit, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        start.Environment.Clear();
        foreach (var (name, value) in variables)
            start.Environment[name] = value;

        using var process = new Process { StartInfo = start };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return new ProgramOutcome.NotStarted(e.Message);
        }

        timeout.CancelAfter(limit);
        try
        {
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
            await process.WaitForExitAsync(timeout.Token);
            timeout.CancelAfter(Grace);
            return new ProgramOutcome.Ended(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return new ProgramOutcome.TookTooLong(limit);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
