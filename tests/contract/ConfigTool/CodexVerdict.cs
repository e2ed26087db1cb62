using System.Text.Json;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.ConfigTool;

/// <summary>What Codex itself says about the <c>config.toml</c> of a home, without asking any server.</summary>
/// <param name="Accepts">It starts.</param>
/// <param name="Place">Line and column as <c>1:11</c>; null when it starts, or does not tell them apart from its words.</param>
/// <param name="Words">All it wrote, for the message of a failed assertion.</param>
public sealed record CodexVerdict(bool Accepts, string? Place, string Words)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Codex 0.169 also refuses keys that it does not know (<c>--strict-config</c>) and answers in JSON; the older ones lack
    /// <c>--print-startup-config</c> and are asked for their features, for which they read the configuration first.
    /// </summary>
    public static async Task<CodexVerdict> AskAsync(string binary, CodexRelease release, CodexHome home)
    {
        string[] arguments = release == CodexRelease.V0169
            ? ["--strict-config", "app-server", "--print-startup-config"]
            : ["features", "list"];
        var process = await ClientProcess.RunAsync(binary, arguments, home.Work, home.Environment(key: null), Limit);
        process.TimedOut.ShouldBeFalse(process.Stderr);
        return new(process.ExitCode == 0, PlaceIn(process.Stdout), process.Stdout + process.Stderr);
    }

    private static string? PlaceIn(string stdout)
    {
        if (!stdout.StartsWith("{\"error\"", StringComparison.Ordinal))
            return null;
        using var json = JsonDocument.Parse(stdout);
        var data = json.RootElement.GetProperty("error").GetProperty("data");
        // A fault of the whole, such as a provider that is nowhere, has no line.
        if (!data.TryGetProperty("line", out var line) || line.ValueKind != JsonValueKind.Number)
            return null;
        return $"{line.GetInt32()}:{data.GetProperty("column").GetInt32()}";
    }
}
