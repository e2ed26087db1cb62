using System.Text.Json;

namespace Codex.Contract.Tests.StockClients;

/// <summary>Runs one of the committed scripts of <c>npm/openai</c> with the pinned <c>openai</c> package.</summary>
public sealed record OpenAiNodeRun
{
    /// <summary>The script's name without <c>.mjs</c>: create, stream, tool-loop, parse, errors, abort.</summary>
    public required string Script { get; init; }

    /// <summary>The gateway's base URL, with <c>/v1</c>.</summary>
    public required string BaseUrl { get; init; }

    public string Model { get; init; } = "demo";

    public string Prompt { get; init; } = "Say hello.";

    public string Key { get; init; } = "stock-client-key";

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The one JSON document the script printed.</summary>
    public async Task<JsonElement> ResultAsync(NodePackages packages)
    {
        packages.Require();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
            ["BASE_URL"] = BaseUrl,
            ["MODEL"] = Model,
            ["PROMPT"] = Prompt,
            ["OPENAI_API_KEY"] = Key,
        };
        var process = await ClientProcess.RunAsync(
            "node", [NpmFolder.OpenAiScript(Script)], NpmFolder.Root, environment, Limit);
        process.TimedOut.ShouldBeFalse($"{Script} did not end\n{process.Stdout}\n{process.Stderr}");
        process.ExitCode.ShouldBe(0, process.Stderr);
        return JsonElement.Parse(process.Stdout);
    }
}
