using Codex.Contract.Tests.StockClients;
using Codex.Gateway.Demo.Scripts;
using Codex.ScriptedUpstream;

namespace Codex.Contract.Tests.ConfigTool;

/// <summary>Codex with the written file alone asks the right server for the right model with the right key.</summary>
public sealed class WireTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The least a Responses server answers.</summary>
    private const string Pong =
        """
        event: response.created
        data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","status":"in_progress","output":[]}}

        event: response.output_item.done
        data: {"type":"response.output_item.done","sequence_number":1,"output_index":0,"item":{"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"pong","annotations":[]}]}}

        event: response.completed
        data: {"type":"response.completed","sequence_number":2,"response":{"id":"resp_1","object":"response","status":"completed","output":[],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}}


        """;

    [SkippableFact]
    public async Task Tensormesh_is_asked_with_its_model_and_the_key_of_its_variable()
    {
        var codex = packages.Codex(CodexRelease.V0169);
        using var home = new CodexHome();
        await using var server = await ScriptedUpstreamServer.StartAsync();
        server.Route("POST", "/v1/responses", _ => ChatScript.Body(200, Pong, ChatScript.EventStream));
        var tool = await ToolProcess.RunAsync(home, "add-provider", "tensormesh", "--base-url", server.BaseUrl, "--yes");
        tool.ExitCode.ShouldBe(0, tool.Stderr);

        var outcome = await ExecAsync(codex, home, ("TENSORMESH_INFERENCE_API_KEY", "key-of-the-test"));

        outcome.ExitCode.ShouldBe(0, outcome.Stdout + outcome.Stderr);
        outcome.Stdout.ShouldContain("pong");
        var asked = server.Requests.Single(request => request.Path == "/v1/responses");
        asked.Method.ShouldBe("POST");
        asked.Headers["Authorization"].ShouldBe("Bearer key-of-the-test");
        asked.Json().GetProperty("model").GetString().ShouldBe("MiniMaxAI/MiniMax-M2.5");
        asked.Json().GetProperty("reasoning").GetProperty("effort").GetString().ShouldBe("medium");
        (await File.ReadAllTextAsync(HomeUnderTest.ConfigPath(home))).ShouldNotContain("key-of-the-test");
    }

    [SkippableFact]
    public async Task Ollama_is_asked_through_the_gateway_for_its_model_without_a_key()
    {
        var codex = packages.Codex(CodexRelease.V0169);
        await using var stage = await CodexStage.StartAsync(packages, "ollama", change: provider => provider with { Name = "ollama" });
        stage.Answering(Answers.Text("pong"));
        var tool = await ToolProcess.RunAsync(
            stage.Home, "add-provider", "ollama", "--via-gateway", "--gateway-url", stage.BaseUrl, "--model", CodexStage.Model, "--yes");
        tool.ExitCode.ShouldBe(0, tool.Stderr);

        var outcome = await ExecAsync(codex, stage.Home);

        outcome.ExitCode.ShouldBe(0, outcome.Stdout + outcome.Stderr);
        outcome.Stdout.ShouldContain("pong");
        var asked = stage.Asked.ShouldHaveSingleItem();
        asked.Json.GetProperty("model").GetString().ShouldBe(CodexStage.Model);
        asked.Request.Headers.Keys.ShouldNotContain("Authorization");
    }

    [SkippableFact]
    public async Task A_missing_key_is_named_by_its_variable_and_nothing_is_sent()
    {
        var codex = packages.Codex(CodexRelease.V0169);
        using var home = new CodexHome();
        await using var server = await ScriptedUpstreamServer.StartAsync();
        var tool = await ToolProcess.RunAsync(home, "add-provider", "tensormesh", "--base-url", server.BaseUrl, "--yes");
        tool.Stdout.ShouldContain("TENSORMESH_INFERENCE_API_KEY is not set in this shell");

        var outcome = await ExecAsync(codex, home);

        outcome.ExitCode.ShouldNotBe(0);
        (outcome.Stdout + outcome.Stderr).ShouldContain("Missing environment variable: `TENSORMESH_INFERENCE_API_KEY`");
        server.Requests.ShouldNotContain(request => request.Path == "/v1/responses");
    }

    private static Task<ProcessOutcome> ExecAsync(string codex, CodexHome home, params (string Name, string Value)[] variables)
    {
        var environment = home.Environment(key: null);
        foreach (var (name, value) in variables)
            environment[name] = value;
        return ClientProcess.RunAsync(
            codex,
            [
                "exec", "--strict-config", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox",
                .. CodexRun.QuietOverrides.SelectMany(value => new[] { "-c", value }), "--", "say pong",
            ],
            home.Work,
            environment,
            Limit);
    }
}
