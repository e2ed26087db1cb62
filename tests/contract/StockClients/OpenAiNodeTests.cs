using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.ScriptedUpstream;

namespace Codex.Contract.Tests.StockClients;

/// <summary>The <c>openai</c> package of npm against the gateway: what its user sees.</summary>
public sealed class OpenAiNodeTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private const string Model = "scripted-model";

    [SkippableFact]
    public async Task Create_returns_the_whole_answer()
    {
        var (result, asked) = await PlayAsync("create", Answers.Text("Hello there, friend."));

        result.GetProperty("output_text").GetString().ShouldBe("Hello there, friend.");
        var response = result.GetProperty("response");
        response.GetProperty("status").GetString().ShouldBe("completed");
        response.GetProperty("model").GetString().ShouldBe(Model);
        response.GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(920);
        var messages = asked.ShouldHaveSingleItem().Messages;
        messages.Select(ChatAsked.Text).ShouldBe(["Be brief.", "Say hello."]);
    }

    [SkippableFact]
    public async Task A_stream_gives_every_event_once_and_its_accumulator_agrees()
    {
        var (result, _) = await PlayAsync("stream", new ChatStreamBuilder()
            .Role().Reasoning("reasoning_content", "Let me ", "see.").Content("Hello ", "there.").Finish().Usage(new ScriptedUsage(7, 3)).Done().ToScript());

        result.GetProperty("text").GetString().ShouldBe("Hello there.");
        result.GetProperty("output_text").GetString().ShouldBe("Hello there.");
        var types = result.GetProperty("types").EnumerateArray().Select(type => type.GetString()).ToArray();
        types[0].ShouldBe("response.created");
        types[^1].ShouldBe("response.completed");
        types.ShouldContain("response.reasoning_summary_text.delta");
        var numbers = result.GetProperty("sequence_numbers").EnumerateArray().Select(number => number.GetInt32()).ToArray();
        numbers.ShouldBe(Enumerable.Range(0, numbers.Length));
        var output = result.GetProperty("final").GetProperty("output");
        output.EnumerateArray().Select(item => item.GetProperty("type").GetString()).ShouldBe(["reasoning", "message"]);
    }

    [SkippableFact]
    public async Task A_tool_loop_ends_with_the_answer_made_of_both_results()
    {
        var (result, asked) = await PlayAsync(
            "tool-loop",
            Answers.Calls(new ScriptedToolCall("call_1", "add", """{"a":2,"b":3}"""), new ScriptedToolCall("call_2", "add", """{"a":10,"b":20}""")),
            Answers.Text("5 and 30."));

        result.GetProperty("turns").GetInt32().ShouldBe(2);
        result.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("output").GetString()).ShouldBe(["5", "30"]);
        result.GetProperty("output_text").GetString().ShouldBe("5 and 30.");
        asked[1].Roles.ShouldBe(["user", "assistant", "tool", "tool"]);
        asked[1].Messages.TakeLast(2).Select(ChatAsked.Text).ShouldBe(["5", "30"]);
    }

    [SkippableFact]
    public async Task Parse_checks_the_answer_by_the_schema_that_went_out()
    {
        var (result, asked) = await PlayAsync("parse", Answers.Text("""{"name":"tea","participants":["Ann","Bob"]}"""));

        result.GetProperty("parsed").GetProperty("participants").EnumerateArray().Select(one => one.GetString()).ShouldBe(["Ann", "Bob"]);
        var format = asked.ShouldHaveSingleItem().Json.GetProperty("response_format").GetProperty("json_schema");
        format.GetProperty("name").GetString().ShouldBe("event");
        format.GetProperty("schema").GetProperty("required").EnumerateArray().Select(one => one.GetString()).ShouldBe(["name", "participants"]);
    }

    [SkippableFact]
    public async Task A_refused_key_is_an_authentication_error_with_its_code()
    {
        var refusal = ChatScript.Error(401, "No such key.", "invalid_request_error", "invalid_api_key");

        var (result, _) = await PlayAsync("errors", refusal, refusal, refusal);

        foreach (var way in new[] { "create", "iterate", "stream" })
        {
            var seen = result.GetProperty(way);
            seen.GetProperty("class").GetString().ShouldBe("AuthenticationError", result.GetRawText());
            seen.GetProperty("status").GetInt32().ShouldBe(401);
            seen.GetProperty("code").GetString().ShouldBe("invalid_api_key");
            seen.GetProperty("message").GetString()!.ShouldContain("'scripted'");
        }
    }

    [SkippableFact]
    public async Task An_unknown_model_is_not_found_and_names_the_field()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.View(upstream), RunningGateway.View("other", ScriptedUpstreamServer.RefusedBaseUrl(), "else"));

        var result = await Run(gateway, "errors", "scripted-modle").ResultAsync(packages);

        foreach (var way in new[] { "create", "iterate", "stream" })
        {
            var seen = result.GetProperty(way);
            seen.GetProperty("class").GetString().ShouldBe("NotFoundError", result.GetRawText());
            seen.GetProperty("code").GetString().ShouldBe("model_not_found");
            seen.GetProperty("param").GetString().ShouldBe("model");
            seen.GetProperty("message").GetString()!.ShouldContain(Model);
        }

        upstream.ChatRequests.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_failure_inside_the_stream_is_told_by_its_cause()
    {
        static ChatScript Failing() => new ChatStreamBuilder().Role().Content("Half").Error("The GPU is gone.").ToScript();

        var (result, _) = await PlayAsync("errors", Failing(), Failing(), Failing());

        result.GetProperty("iterate").GetProperty("message").GetString()!.ShouldContain("The GPU is gone.");
    }

    [SkippableFact]
    public async Task A_caller_that_aborts_ends_the_generation()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("One").Hang().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        var result = await Run(gateway, "abort", Model).ResultAsync(packages);

        result.GetProperty("deltas").GetInt32().ShouldBe(1);
        result.GetProperty("aborted").GetBoolean().ShouldBeTrue();
        (await upstream.ChatRequests.Single().Ended.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeOfType<RequestEnd.ClientGone>();
    }

    private static OpenAiNodeRun Run(RunningGateway gateway, string script, string model) =>
        new() { Script = script, BaseUrl = new Uri(gateway.Client.BaseAddress!, "v1").AbsoluteUri, Model = model };

    private async Task<(JsonElement Result, IReadOnlyList<ChatAsked> Asked)> PlayAsync(string script, params ChatScript[] answers)
    {
        packages.Require();
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(answers);
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        var result = await Run(gateway, script, Model).ResultAsync(packages);
        return (result, [.. upstream.ChatRequests.Select(request => new ChatAsked(request))]);
    }
}
