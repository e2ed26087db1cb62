using System.Diagnostics;
using System.Text.Json;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.ConfigTool;

/// <summary>The values with which Codex would run, by its app-server's <c>config/read</c>.</summary>
public static class EffectiveConfig
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static string Questions(string folder) => string.Join('\n',
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"clientInfo":{"name":"tests","version":"1"},"capabilities":{"experimentalApi":true}}}""",
        """{"jsonrpc":"2.0","method":"initialized"}""",
        $$$"""{"jsonrpc":"2.0","id":2,"method":"config/read","params":{"includeLayers":true,"cwd":"{{{JsonEncodedText.Encode(folder)}}}"}}""",
        "");

    /// <returns>The <c>result</c>: <c>config</c>, <c>origins</c> and <c>layers</c>.</returns>
    public static async Task<JsonElement> ReadAsync(string binary, CodexHome home)
    {
        using var server = Start(binary, home);
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            // It ends with its input, without the answers that are still due: the input stays open until they are here.
            await server.StandardInput.WriteAsync(Questions(home.Work));
            await server.StandardInput.FlushAsync(limit.Token);
            while (await server.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                var answer = JsonElement.Parse(line);
                if (answer.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.GetInt32() == 2)
                    return answer.GetProperty("result");
            }
            throw new InvalidOperationException("codex app-server ended without an answer");
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Process Start(string binary, CodexHome home)
    {
        var start = new ProcessStartInfo(binary, ["app-server", .. CodexRun.QuietOverrides.SelectMany(value => new[] { "-c", value })])
        {
            WorkingDirectory = home.Work,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in home.Environment(key: null))
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
