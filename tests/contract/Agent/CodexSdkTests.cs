using System.Text.Json;
using System.Text.Json.Nodes;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent;

/// <summary>The TypeScript SDK of Codex drives the built program unchanged, by <c>codexPathOverride</c>.</summary>
public sealed class CodexSdkTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private static readonly byte[] RedPixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC");

    [SkippableFact]
    public async Task It_runs_streams_shapes_shows_resumes_fails_and_aborts()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because the program is started by its name on Linux");
        packages.Require();
        await using var bench = await AgentBench.StartAsync();
        bench.Model.Answer(ScriptedResponses.Call("call_1", "echo one"));
        bench.Model.Answer(ScriptedResponses.Message("First answer."));
        bench.Model.Answer("""{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"thinking"}]}""", ScriptedResponses.Message("Second answer."));
        bench.Model.Answer(ScriptedResponses.Message("""{"name":"tea"}"""));
        bench.Model.Answer(ScriptedResponses.Message("Red."));
        bench.Model.Answer(ScriptedResponses.Message("Third answer."));
        bench.Model.Answer(Scripted("""{"status":400,"body":{"error":{"message":"Not like that."}}}"""));
        bench.Model.Answer(Scripted("""{"items":[{"say":"Half."}],"end":"silence"}"""));

        var seen = await RunAsync(bench);

        var run = seen.GetProperty("run");
        run.GetProperty("answer").GetString().ShouldBe("First answer.");
        Texts(run.GetProperty("items")).ShouldBe(["command_execution", "agent_message"]);
        run.GetProperty("usage").GetRawText().ShouldBe("""{"input_tokens":200,"cached_input_tokens":0,"cache_write_input_tokens":0,"output_tokens":40,"reasoning_output_tokens":0}""");
        Texts(seen.GetProperty("streamed")).ShouldBe(
            ["thread.started", "turn.started", "item.completed reasoning", "item.completed agent_message", "turn.completed"]);
        seen.GetProperty("schema").GetProperty("name").GetString().ShouldBe("tea");
        bench.Model.Bodies[3].GetProperty("text").GetProperty("format").GetProperty("name").GetString().ShouldBe("codex_output_schema");
        seen.GetProperty("image").GetString().ShouldBe("Red.");
        bench.Model.Bodies[4].GetRawText().ShouldContain("data:image/png;base64," + Convert.ToBase64String(RedPixel));
        seen.GetProperty("resumed").GetProperty("answer").GetString().ShouldBe("Third answer.");
        seen.GetProperty("resumed").GetProperty("id").GetString().ShouldBe(run.GetProperty("id").GetString());
        bench.Model.Bodies[5].GetRawText().ShouldContain("Second answer.");
        seen.GetProperty("failure").GetString().ShouldBe("Not like that.");
        // That the turn was interrupted is still told, to a listener that may be gone by then.
        Texts(seen.GetProperty("aborted")).Take(2).ShouldBe(["thread.started", "turn.started"]);
        seen.GetProperty("abortedBy").GetString().ShouldBe("AbortError");
        bench.Model.Asked[0].Headers["originator"].ShouldBe("codex_sdk_ts");
    }

    private static ScriptedAnswer Scripted(string json) => new(JsonNode.Parse(json)!.AsObject());

    private static async Task<JsonElement> RunAsync(AgentBench bench)
    {
        var environment = bench.Home.Environment(key: null);
        environment["CODEX"] = AgentBench.Program;
        environment["WORK"] = bench.Home.Work;
        environment["IMAGE"] = bench.Home.AddFile("red.png", RedPixel);
        var outcome = await ClientProcess.RunAsync("node", [NpmFolder.SdkScript("session")], NpmFolder.Root, environment, TimeSpan.FromMinutes(3));
        outcome.ExitCode.ShouldBe(0, outcome.Stderr);
        return JsonElement.Parse(outcome.Stdout);
    }

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(text => text.GetString());
}
