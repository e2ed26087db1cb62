using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Codex.Agent.Gateway;

/// <summary>A <c>codex-gateway</c> that runs as long as this program, on a free port of this machine.</summary>
internal sealed partial class OwnGateway : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private OwnGateway(Process process, Uri root, string key)
    {
        _process = process;
        Root = root;
        Key = key;
    }

    public Uri Root { get; }

    public bool HasEnded => _process.HasExited;

    /// <summary>Made for this one run: other users of the machine reach the port too, and would spend what the user's keys pay for.</summary>
    public string Key { get; }

    /// <summary>Starts one and waits until it listens.</summary>
    /// <returns>The gateway, or why there is none.</returns>
    public static async Task<(OwnGateway? Gateway, string? Problem)> StartAsync(TimeProvider time, CancellationToken cancellation)
    {
        if (GatewayProgram.Find() is not var (program, arguments))
            return (null, "codex-gateway is not beside this program nor on the PATH");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // It reads gateway.json where it starts. One that lies in a project would send the user's keys where the project says.
        start.WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory)!;
        // Its debugger pipes would be a way out of the sandbox for the commands that run beside it.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        var key = "cgw_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        start.Environment[$"CODEX_GATEWAY_Keys__codex-agent-{Environment.ProcessId}__Hash"] = Hash(key);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var argument in (string[])["serve", "--urls", "http://127.0.0.1:0", "--log-level", "warning", "--exit-with", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);

        var process = new Process { StartInfo = start };
        process.Start();
        using var limit = new CancellationTokenSource(StartLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(either.Token) is { } line)
            {
                if (Listens().Match(line) is not { Success: true } match)
                    continue;
                // A full pipe would stop it.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return (new OwnGateway(process, new Uri(match.Groups["url"].Value), key), null);
            }

            var said = (await process.StandardError.ReadToEndAsync(either.Token)).Trim();
            return (null, said.Length == 0 ? "codex-gateway ended at once" : said);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            cancellation.ThrowIfCancellationRequested();
            return (null, "codex-gateway did not start in time");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // It was killed; what is left of it is the system's business.
            }
        }

        _process.Dispose();
    }

    /// <summary>As the gateway keeps keys: it is started with this and never sees the key before it is used.</summary>
    private static string Hash(string key)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return $"hmac-sha256:{Base64Url.EncodeToString(salt)}:{Base64Url.EncodeToString(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(key)))}";
    }

    [GeneratedRegex(@"listens on (?<url>http://[^\s/]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listens();
}
