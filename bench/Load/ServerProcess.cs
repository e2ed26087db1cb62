using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Codex.Bench.Load;

/// <summary>A server of this run in a process of its own, so that what it costs can be told from what the others cost.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ServerProcess(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Scheme, host and port.</summary>
    public string Address { get; }

    /// <summary>User and kernel time so far; the kernel counts in steps of 10 ms.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static Task<ServerProcess> StartUpstreamAsync(LoadOptions options) =>
        StartAsync("Bench.Load.dll", "upstream", $"{options.Chunks}", $"{options.PaceMs}");

    public static Task<ServerProcess> StartPassThroughAsync(ServerProcess upstream) => StartAsync("Bench.Load.dll", "yarp", upstream.Address);

    public static Task<ServerProcess> StartGatewayAsync(ServerProcess upstream) =>
        StartAsync("codex-gateway.dll", "--urls", "http://127.0.0.1:0", "--upstream", $"{upstream.Address}/v1", "--dialect", "generic");

    /// <summary>A gateway that asks for a key and holds it to limits which it never reaches.</summary>
    /// <returns>Also the key.</returns>
    public static async Task<(ServerProcess Server, string Key)> StartGuardedGatewayAsync(ServerProcess upstream, string configuration)
    {
        await File.WriteAllTextAsync(configuration, "{}");
        var start = Start("codex-gateway.dll", ["keys", "add", "bench", "--requests-per-minute", "1000000", "--tokens-per-minute", "1000000000", "--concurrent", "100000", "--config", configuration]);
        using var adding = Process.Start(start)!;
        adding.ErrorDataReceived += static (_, _) => { };
        adding.BeginErrorReadLine();
        var key = (await adding.StandardOutput.ReadToEndAsync()).Trim();
        return (await StartAsync("codex-gateway.dll", "--urls", "http://127.0.0.1:0", "--upstream", $"{upstream.Address}/v1", "--dialect", "generic", "--config", configuration), key);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit(5000);
        _process.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(string program, params string[] arguments)
    {
        var start = Start(program, arguments);
        var process = Process.Start(start)!;
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"{program} ended before it listened."));
        // Both are read to their end: a full pipe would stop a server that logs.
        process.OutputDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? "") is { Success: true } match)
                listening.TrySetResult(match.Groups["address"].Value);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new ServerProcess(process, await listening.Task.WaitAsync(StartLimit));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static ProcessStartInfo Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Neither folder holds a gateway.json, so no configuration of the user's is read.
            WorkingDirectory = AppContext.BaseDirectory,
            Environment = { ["XDG_CONFIG_HOME"] = AppContext.BaseDirectory },
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    [GeneratedRegex(@"listens on (?<address>http://127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
