using System.Diagnostics;

namespace Codex.Contract.Tests.StockClients;

/// <summary>The program itself in a process of its own, on a free port, with nothing but the demo model.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private readonly Process _process;

    private GatewayProcess(Process process, IReadOnlyList<string> greeting)
    {
        _process = process;
        Greeting = greeting;
    }

    /// <summary>What it printed once it listened, line by line.</summary>
    public IReadOnlyList<string> Greeting { get; }

    /// <summary>The printed line to paste that holds a text.</summary>
    public string LineWith(string text) => Greeting.Single(line => line.Contains(text, StringComparison.Ordinal)).Trim();

    /// <param name="home">Its working directory becomes the program's, with a configuration that looks for no backends of this machine.</param>
    public static async Task<GatewayProcess> StartAsync(CodexHome home)
    {
        var configuration = home.AddFile("gateway.json", """{"Discover":false}"""u8.ToArray());
        var program = Path.Combine(AppContext.BaseDirectory, "codex-gateway.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--config", configuration])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var greeting = new List<string>();
        using var limit = new CancellationTokenSource(StartLimit);
        // The address alone is the last line.
        while (greeting.Count == 0 || !greeting[^1].StartsWith("  http://", StringComparison.Ordinal))
            greeting.Add(await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The gateway ended: " + string.Join('\n', greeting)));
        return new GatewayProcess(process, greeting);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
