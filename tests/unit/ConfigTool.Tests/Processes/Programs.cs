using System.Diagnostics;

namespace Codex.ConfigTool.Tests.Processes;

/// <summary>Other programs of the machine.</summary>
internal static class Programs
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>The repository this test was built from; null when it was built elsewhere.</summary>
    public static string? Repository { get; } = Find();

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program to its end and gives what it printed, both streams together.</summary>
    public static async Task<(int ExitCode, string Printed)> RunAsync(string program, IEnumerable<string> arguments, string folder, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var streams = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, string.Concat(streams));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Codex.sln")))
            folder = folder.Parent;
        return folder?.FullName;
    }
}
