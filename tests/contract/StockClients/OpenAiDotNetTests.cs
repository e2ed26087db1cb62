using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.ScriptedUpstream;
using OpenAI.Responses;

namespace Codex.Contract.Tests.StockClients;

/// <summary>The official .NET client against the gateway.</summary>
public sealed class OpenAiDotNetTests
{
    private const string Model = "scripted-model";

    [Fact]
    public async Task Create_returns_the_whole_answer()
    {
        await using var scene = await SceneAsync(Answers.Text("Hello there, friend."));

        ResponseResult response = await scene.Client.CreateResponseAsync(Options("Say hello."));

        response.Status.ShouldBe(ResponseStatus.Completed);
        response.GetOutputText().ShouldBe("Hello there, friend.");
        response.Usage.TotalTokenCount.ShouldBe(920);
        response.Model.ShouldBe(Model);
    }

    [Fact]
    public async Task A_stream_gives_the_text_piece_by_piece_and_then_whole()
    {
        await using var scene = await SceneAsync(Answers.Text("Hello there, friend of mine."));
        var options = Options("Say hello.");
        options.StreamingEnabled = true;

        var text = "";
        var pieces = 0;
        ResponseResult? whole = null;
        await foreach (var update in scene.Client.CreateResponseStreamingAsync(options))
        {
            if (update is StreamingResponseOutputTextDeltaUpdate delta)
                (text, pieces) = (text + delta.Delta, pieces + 1);
            else if (update is StreamingResponseCompletedUpdate completed)
                whole = completed.Response;
        }

        text.ShouldBe("Hello there, friend of mine.");
        pieces.ShouldBeGreaterThan(1);
        whole.ShouldNotBeNull().GetOutputText().ShouldBe(text);
    }

    [Fact]
    public async Task A_tool_loop_sends_the_result_back()
    {
        await using var scene = await SceneAsync(
            Answers.Calls(new ScriptedToolCall("call_1", "add", """{"a":2,"b":3}""")),
            Answers.Text("It is 5."));
        var options = Options("Add 2 and 3.");
        options.Tools.Add(ResponseTool.CreateFunctionTool(
            "add",
            BinaryData.FromString("""{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"],"additionalProperties":false}"""),
            strictModeEnabled: true,
            functionDescription: "Adds two numbers."));

        ResponseResult first = await scene.Client.CreateResponseAsync(options);
        var call = first.OutputItems.OfType<FunctionCallResponseItem>().Single();
        foreach (var item in first.OutputItems)
            options.InputItems.Add(item);
        options.InputItems.Add(ResponseItem.CreateFunctionCallOutputItem(call.CallId, "5"));
        ResponseResult second = await scene.Client.CreateResponseAsync(options);

        call.FunctionName.ShouldBe("add");
        JsonElement.Parse(call.FunctionArguments).GetProperty("b").GetInt32().ShouldBe(3);
        second.GetOutputText().ShouldBe("It is 5.");
        new ChatAsked(scene.Upstream.ChatRequests[1]).Roles.ShouldBe(["user", "assistant", "tool"]);
    }

    [Fact]
    public async Task A_schema_goes_out_and_JSON_comes_back()
    {
        await using var scene = await SceneAsync(Answers.Text("""{"answer":"yes"}"""));
        var options = Options("Yes or no?");
        options.TextOptions = new ResponseTextOptions
        {
            TextFormat = ResponseTextFormat.CreateJsonSchemaFormat(
                "verdict",
                BinaryData.FromString("""{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"],"additionalProperties":false}"""),
                jsonSchemaIsStrict: true),
        };

        ResponseResult response = await scene.Client.CreateResponseAsync(options);

        JsonElement.Parse(response.GetOutputText()).GetProperty("answer").GetString().ShouldBe("yes");
        var format = new ChatAsked(scene.Upstream.ChatRequests.Single()).Json.GetProperty("response_format");
        format.GetProperty("json_schema").GetProperty("name").GetString().ShouldBe("verdict");
    }

    [Fact]
    public async Task A_refused_key_is_an_exception_with_status_and_cause()
    {
        await using var scene = await SceneAsync(ChatScript.Error(401, "No such key.", "invalid_request_error", "invalid_api_key"));

        var error = await Should.ThrowAsync<ClientResultException>(async () => await scene.Client.CreateResponseAsync(Options("Hello")));

        error.Status.ShouldBe(401);
        error.Message.ShouldContain("invalid_api_key");
        error.Message.ShouldContain("'scripted'");
    }

    private static CreateResponseOptions Options(string prompt) =>
        new() { Model = Model, InputItems = { ResponseItem.CreateUserMessageItem(prompt) } };

    private static async Task<Scene> SceneAsync(params ChatScript[] answers)
    {
        var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(answers);
        return new Scene(upstream, await RunningGateway.StartAsync(RunningGateway.View(upstream)));
    }

    private sealed record Scene(ScriptedUpstreamServer Upstream, RunningGateway Gateway) : IAsyncDisposable
    {
        public ResponsesClient Client { get; } = new(
            new ApiKeyCredential("dotnet-key"),
            new ResponsesClientOptions { Endpoint = new Uri(Gateway.Client.BaseAddress!, "v1"), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Upstream.DisposeAsync();
        }
    }
}
