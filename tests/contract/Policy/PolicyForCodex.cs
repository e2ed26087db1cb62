using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Policy;

/// <summary>Plays a row with one release of Codex and tells what its user sees and what the backend does.</summary>
internal static class PolicyForCodex
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task VerifyAsync(string name, CodexRelease release, NodePackages packages)
    {
        packages.Require();
        var row = PolicyCase.Read(name);
        await using var stage = await PolicyStage.StartAsync(row);
        using var home = new CodexHome();

        var outcome = await new CodexRun
        {
            Release = release,
            BaseUrl = stage.BaseUrl,
            Model = row.Model,
            Prompt = "Do it.",
            Key = PolicyStage.Key,
            ProviderFields = row.CodexFields,
        }.InAsync(home, packages);

        outcome.TimedOut.ShouldBeFalse(outcome.Report());
        var seen = stage.Count(new JsonObject
        {
            ["exit"] = outcome.ExitCode,
            ["says"] = Texts(outcome.Messages, stage),
            ["complains"] = Texts(outcome.Complaints.Where(complaint => !complaint.StartsWith("Model metadata", StringComparison.Ordinal)), stage),
        });
        row.Verify($"codex-{release.Version}.json", seen.ToJsonString(Readable) + "\n", outcome.Report());
    }

    private static JsonArray Texts(IEnumerable<string> texts, PolicyStage stage) => [.. texts.Select(text => (JsonNode)stage.Steady(text))];
}
