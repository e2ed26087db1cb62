using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Codex.Bench.Agent;

/// <summary>What one run of a program took.</summary>
/// <param name="FirstOutput">Until the first byte on either stream.</param>
/// <param name="End">Until it ended.</param>
/// <param name="Cpu">User and kernel time, with that of the programs it started and waited for.</param>
/// <param name="PeakBytes">Of its resident memory.</param>
internal sealed record RunFigures(TimeSpan FirstOutput, TimeSpan End, TimeSpan Cpu, long PeakBytes);

/// <summary>Runs a program once and measures it. Linux only.</summary>
internal static partial class ProgramRun
{
    private const int Children = -1;

    public static async Task<RunFigures> MeasureAsync(string program, string home, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["CODEX_HOME"] = home },
        };
        var cpu = ChildrenTime();
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var peak = WatchMemoryAsync(process.Id);
        var (output, error) = (FirstAsync(process.StandardOutput.BaseStream, began), FirstAsync(process.StandardError.BaseStream, began));
        await process.WaitForExitAsync();
        var end = Stopwatch.GetElapsedTime(began);
        var firsts = await Task.WhenAll(output, error);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {firsts[1].Text}");
        return new RunFigures(firsts.Min(f => f.After ?? end), end, ChildrenTime() - cpu, await peak);
    }

    private static async Task<(TimeSpan? After, string Text)> FirstAsync(Stream stream, long began)
    {
        var buffer = new byte[1];
        if (await stream.ReadAsync(buffer) == 0)
            return (null, "");
        var after = Stopwatch.GetElapsedTime(began);
        using var rest = new StreamReader(stream);
        return (after, (char)buffer[0] + await rest.ReadToEndAsync());
    }

    /// <summary>The kernel keeps the peak itself, as long as the process lives.</summary>
    private static async Task<long> WatchMemoryAsync(int id)
    {
        long peak = 0;
        try
        {
            while (true)
            {
                var line = (await File.ReadAllLinesAsync($"/proc/{id}/status")).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (line is null)
                    return peak;
                peak = Math.Max(peak, long.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024);
                await Task.Delay(2);
            }
        }
        catch (IOException)
        {
            return peak;
        }
    }

    private static unsafe TimeSpan ChildrenTime()
    {
        var usage = stackalloc long[18];
        return GetUsage(Children, usage) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : throw new InvalidOperationException($"getrusage: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static unsafe partial int GetUsage(int who, long* usage);
}
