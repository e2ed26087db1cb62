using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Policy;

/// <summary>Each row of the error policy with the <c>openai</c> package, which here tries nothing again by itself.</summary>
public sealed class PolicyForOpenAiTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Rows => PolicyCase.Names;

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public async Task The_caller_gets_what_the_policy_says(string name)
    {
        packages.Require();
        var row = PolicyCase.Read(name);

        var both = await Task.WhenAll(SeenAsync(row, "whole"), SeenAsync(row, "streamed"));

        var seen = new JsonObject { ["whole"] = both[0], ["streamed"] = both[1] };
        var told = seen.ToJsonString(Readable) + "\n";
        row.Verify("openai.json", told, told);
    }

    private async Task<JsonObject> SeenAsync(PolicyCase row, string way)
    {
        await using var stage = await PolicyStage.StartAsync(row);
        var result = await new OpenAiNodeRun { Script = $"policy-{way}", BaseUrl = stage.BaseUrl, Model = row.Model, Key = PolicyStage.Key }.ResultAsync(packages);
        return stage.Count(JsonNode.Parse(stage.Steady(result.GetRawText()))!.AsObject());
    }
}
