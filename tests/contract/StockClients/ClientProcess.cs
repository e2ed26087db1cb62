using System.Diagnostics;

namespace Codex.Contract.Tests.StockClients;

/// <summary>How a child process ended. After <see cref="TimedOut"/> the texts hold what it wrote until it was killed.</summary>
public sealed record ProcessOutcome(int ExitCode, bool TimedOut, string Stdout, string Stderr);

/// <summary>Runs one program to its end.</summary>
public static class ClientProcess
{
    /// <param name="program">A name found on PATH, or a path.</param>
    /// <param name="environment">The whole environment of the child, or null for this process's own.</param>
    /// <param name="limit">After this long the process and everything it started are killed.</param>
    /// <param name="input">Its whole standard input.</param>
    public static async Task<ProcessOutcome> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string workingDirectory,
        IReadOnlyDictionary<string, string>? environment,
        TimeSpan limit,
        string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var stdout = process.StandardOutput.ReadToEndAsync();
        var stderr = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();

        using var timeout = new CancellationTokenSource(limit);
        var timedOut = false;
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            timedOut = true;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        // A child that it left behind with its output open would keep the pipes from ever ending.
        await Task.WhenAll(stdout, stderr).WaitAsync(limit);
        return new ProcessOutcome(process.ExitCode, timedOut, await stdout, await stderr);
    }

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program))
            .FirstOrDefault(File.Exists);
}
