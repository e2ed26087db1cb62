using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Client;
using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Loop;
using Codex.Agent.Models;
using Codex.Agent.Sandbox;
using Codex.Agent.Sessions;
using Codex.Agent.Tools;

namespace Codex.Agent.Tests.Loop;

public sealed class TurnTests
{
    private readonly ScriptedModel _model = new();
    private ApprovalGate _approvals = new(ApprovalPolicy.Never, ask: null);
    private ModelProfile _profile = new("m", 32_000);

    [Fact]
    public async Task A_call_is_run_and_its_output_goes_back_until_an_answer_calls_nothing()
    {
        _model.Call("echo", """{"text":"hi"}""").Say("All done.");

        var events = await RunAsync("do it");

        events[0].ShouldBeOfType<AgentEvent.TurnStarted>();
        events.OfType<AgentEvent.ItemCompleted>().Select(e => e.Item).OfType<ThreadItem.AgentMessage>().Single().Text.ShouldBe("All done.");
        events[^1].ShouldBe(new AgentEvent.TurnCompleted(new TokenUsage(200, 0, 20, 0)));
        Outputs(_model.Bodies[1]).ShouldBe(["call_1 echo: hi"]);
    }

    [Fact]
    public async Task Every_request_begins_with_the_bytes_of_the_one_before()
    {
        _model.Call("echo", """{"text":"1"}""").Call("echo", """{"text":"2"}""", "call_2").Say("Done.");

        await RunAsync("do it");

        for (var i = 1; i < _model.Bodies.Count; i++)
        {
            var shared = _model.Bodies[i - 1][..(_model.Bodies[i - 1].IndexOf("],\"tools\"", StringComparison.Ordinal))];
            _model.Bodies[i].ShouldStartWith(shared);
        }
    }

    [Fact]
    public async Task Calls_that_change_nothing_run_together_and_all_outputs_keep_the_order_of_the_calls()
    {
        var order = new List<string>();
        _model.Items(
            ScriptedModel.FunctionCall("look", """{"text":"a"}""", "c1"),
            ScriptedModel.FunctionCall("look", """{"text":"b"}""", "c2"),
            ScriptedModel.FunctionCall("change", """{"text":"c"}""", "c3"),
            ScriptedModel.FunctionCall("look", """{"text":"d"}""", "c4")).Say("Done.");

        await RunAsync("go", new EchoTool("look", isParallelSafe: true, order, meeting: 2), new EchoTool("change", isParallelSafe: false, order));

        order.Take(2).ShouldBe(["begin a", "begin b"]);
        order.Skip(4).ShouldBe(["begin c", "end c", "begin d", "end d"]);
        Outputs(_model.Bodies[1]).ShouldBe(["c1 echo: a", "c2 echo: b", "c3 echo: c", "c4 echo: d"]);
    }

    [Fact]
    public async Task A_call_in_an_answer_that_was_cut_is_never_run()
    {
        var order = new List<string>();
        _model.Raw(ScriptedModel.Stream(ScriptedModel.Done(ScriptedModel.FunctionCall("echo", """{"text":"half"}""", "c1")), ScriptedModel.Incomplete())).Say("Done.");

        await RunAsync("go", new EchoTool("echo", isParallelSafe: false, order));

        order.ShouldBeEmpty();
        Outputs(_model.Bodies[1]).Single().ShouldStartWith("c1 not run: the answer was cut");
    }

    [Fact]
    public async Task An_answer_that_is_cut_again_and_again_fails_the_turn()
    {
        for (var i = 0; i < 3; i++)
            _model.Raw(ScriptedModel.Stream(ScriptedModel.Incomplete()));

        (await RunAsync("go"))[^1].ShouldBe(new AgentEvent.TurnFailed("Incomplete response returned, reason: max_output_tokens"));
    }

    [Theory]
    [InlineData("<tool_call>\n{\"name\": \"echo\", \"arguments\": {\"text\": \"hi\"}}\n</tool_call>")]
    [InlineData("<function=echo>\n<parameter=text>\nhi\n</parameter>\n</function>")]
    [InlineData("[TOOL_CALLS][{\"name\": \"echo\", \"arguments\": {\"text\": \"hi\"}}]")]
    [InlineData("<invoke name=\"echo\"><parameter name=\"text\">hi</parameter></invoke>")]
    [InlineData("<tool_call>echo\n<arg_key>text</arg_key>\n<arg_value>hi</arg_value>\n</tool_call>")]
    [InlineData("<|tool_call_begin|>functions.echo:0<|tool_call_argument_begin|>{\"text\":\"hi\"}<|tool_call_end|>")]
    [InlineData("<|python_tag|>{\"name\": \"echo\", \"parameters\": {\"text\": \"hi\"}}")]
    [InlineData("I echo it.\n```json\n{\"name\": \"echo\", \"arguments\": {\"text\": \"hi\"}}\n```")]
    [InlineData("```tool_code\nprint(default_api.echo(text='hi'))\n```")]
    [InlineData("[echo(text=\"hi\")]")]
    [InlineData("{\"name\": \"echo\", \"parameters\": {\"text\": \"hi\"}}\n</tool_call>")]
    public async Task A_call_written_as_text_is_run_all_the_same(string text)
    {
        _model.Say(text).Say("Done.");

        await RunAsync("go");

        Outputs(_model.Bodies[1]).Single().ShouldEndWith(" echo: hi");
    }

    [Theory]
    [InlineData("You would write\n```json\n{\"name\": \"echo\", \"arguments\": {\"text\": \"hi\"}}\n```\nand see.")]
    [InlineData("{\"name\": \"echo\", \"arguments\": {\"text\": \"hi\"}} would echo it.")]
    [InlineData("[echo(hi)]")]
    [InlineData("```python\nimport os\necho(text='hi')\n```")]
    public async Task An_example_of_a_call_is_only_text(string text)
    {
        _model.Say(text);

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        _model.Bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_inside_the_thinking_is_run_when_nothing_else_was_said()
    {
        _model.Items("""{"type":"reasoning","summary":[{"type":"summary_text","text":"I do it.\n<tool_call>{\"name\":\"echo\",\"arguments\":{\"text\":\"hi\"}}</tool_call>"}]}""").Say("Done.");

        await RunAsync("go");

        Outputs(_model.Bodies[1]).Single().ShouldEndWith(" echo: hi");
    }

    [Fact]
    public async Task A_model_that_calls_by_text_gets_its_results_as_text()
    {
        _model.Say("<tool_call>{\"name\":\"echo\",\"arguments\":{\"text\":\"hi\"}}</tool_call>").Say("Done.");
        var thread = Thread(new ModelProfile("m", 32_000) { CallsAsText = true }, new EchoTool("echo", isParallelSafe: false));

        await foreach (var e in thread.RunTurnAsync(new UserInput("go"), CancellationToken.None))
            _ = e;

        Outputs(_model.Bodies[1]).ShouldBeEmpty();
        _model.Bodies[1].ShouldContain("<tool_response>\\necho: hi\\n</tool_response>");
    }

    [Fact]
    public async Task Text_that_names_no_offered_tool_is_only_text()
    {
        _model.Say("<tool_call>{\"name\":\"rm\",\"arguments\":{}}</tool_call> is how one would call it.");

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        _model.Bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Wrong_names_and_broken_arguments_are_answered_with_what_to_do()
    {
        _model.Items(
            ScriptedModel.FunctionCall("nonsense", "{}", "c1"),
            ScriptedModel.FunctionCall("echo", "{\"text\":\"cut in the", "c2"),
            ScriptedModel.FunctionCall("Echo", "{'text':'mended',}", "c3")).Say("Done.");

        await RunAsync("go");

        var outputs = Outputs(_model.Bodies[1]);
        outputs[0].ShouldBe("c1 unsupported call: nonsense. The tools are: echo.");
        outputs[1].ShouldStartWith("c2 failed to parse function arguments: the JSON ends in the middle");
        outputs[2].ShouldBe("c3 echo: mended");
    }

    [Fact]
    public async Task An_announcement_without_a_call_is_nudged_once_and_then_told_as_a_failure()
    {
        _model.Say("Let me read the file.").Say("Let me read config.ini:");

        var events = await RunAsync("go");

        _model.Bodies.Count.ShouldBe(2);
        _model.Bodies[1].ShouldContain("did not call a tool");
        events[^1].ShouldBeOfType<AgentEvent.TurnFailed>().Message.ShouldContain("announced a step and called no tool");
    }

    [Fact]
    public async Task An_empty_answer_is_asked_again_once_and_then_told_as_a_failure()
    {
        _model.Items().Items();

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnFailed>().Message.ShouldContain("empty answer");
        _model.Bodies.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_nudge_is_given_again_once_the_model_has_worked()
    {
        _model.Say("Let me look.").Call("echo", """{"text":"1"}""").Say("Let me look again.").Say("Nothing is left to do.");

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        _model.Bodies.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_model_that_repeats_itself_is_stopped_with_the_reason()
    {
        for (var i = 0; i < 5; i++)
            _model.Call("echo", """{"text":"again"}""", $"c{i}");

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnFailed>().Message.ShouldContain("repeated the same echo call 5 times");
        _model.Bodies[3].ShouldContain("its result did not change");
    }

    [Fact]
    public async Task A_broken_connection_is_made_again_and_told()
    {
        _model.Refuse().Raw(ScriptedModel.Stream(ScriptedModel.Done(ScriptedModel.Message("half")))).Status(429, """{"error":{"message":"busy"}}""").Say("Done.");

        var events = await RunAsync("go");

        events.OfType<AgentEvent.Trouble>().Select(t => t.Message).ShouldBe(
        [
            "Reconnecting... 1/5 (nothing listens at http://127.0.0.1:9)",
            "Reconnecting... 2/5 (stream disconnected before completion: stream closed before response.completed)",
            "Reconnecting... 3/5 (the server answered 429: busy)",
        ]);
        events[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        _model.Bodies.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_fails_before_it_answers_is_asked_again_quietly()
    {
        _model.Status(500, "broken").Status(502, "broken").Say("Done.");

        var events = await RunAsync("go");

        events.ShouldNotContain(e => e is AgentEvent.Trouble);
        events[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
    }

    [Fact]
    public async Task A_filter_that_stops_an_answer_is_tried_again()
    {
        _model.Raw(ScriptedModel.Stream(ScriptedModel.Done(ScriptedModel.Message("half")), ScriptedModel.Incomplete("content_filter"))).Say("Done.");

        var events = await RunAsync("go");

        events.OfType<AgentEvent.Trouble>().Single().Message.ShouldEndWith("Incomplete response returned, reason: content_filter)");
        events[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        _model.Bodies[1].ShouldBe(_model.Bodies[0]);
    }

    [Fact]
    public async Task What_a_server_does_not_count_is_not_in_the_total()
    {
        _model.Raw(ScriptedModel.Stream(ScriptedModel.Done(ScriptedModel.Message("Done.")), """{"type":"response.completed","response":{"id":"r"}}"""));

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnCompleted>().Usage.ShouldBe(TokenUsage.None);
    }

    [Fact]
    public async Task The_users_own_limit_compacts_in_the_middle_of_a_turn_and_the_summary_counts()
    {
        _model.Items(ScriptedModel.FunctionCall("echo", """{"text":"one"}""", "call_1")).Say("One was echoed.").Say("Done.");
        _profile = _profile with { CompactLimit = 50 };

        var events = await RunAsync("go");

        events.ShouldContain(e => e is AgentEvent.Compacted);
        _model.Bodies[2].ShouldContain("One was echoed.");
        events[^1].ShouldBeOfType<AgentEvent.TurnCompleted>().Usage.ShouldBe(new TokenUsage(300, 0, 30, 0));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"No such field","code":"x"}}""", "No such field")]
    [InlineData(401, """{"error":{"message":"Bad key"}}""", "Bad key")]
    [InlineData(404, """{"error":{"message":"No model m","code":"model_not_found"}}""", "No model m")]
    public async Task What_will_not_change_fails_at_once(int status, string body, string words)
    {
        _model.Status(status, body);

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnFailed>().Message.ShouldContain(words);
        _model.Bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_context_that_is_too_long_is_summed_up_once_and_tried_again()
    {
        _model.Raw(ScriptedModel.Stream(ScriptedModel.Failed("context_length_exceeded", "too long"))).Say("Goal: x").Say("Done.");

        var events = await RunAsync("go");

        events.ShouldContain(e => e is AgentEvent.Compacted);
        events[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        _model.Bodies[1].ShouldContain("\"tools\":[]");
        _model.Bodies[2].ShouldContain(Compaction.Mark);
    }

    [Fact]
    public async Task Interrupting_ends_the_turn_in_order_and_the_next_one_knows()
    {
        _model.Call("echo", """{"text":"hang"}""").Say("I see.");
        var thread = Thread(new EchoTool("echo", isParallelSafe: false));
        using var interrupt = new CancellationTokenSource();
        var events = new List<AgentEvent>();
        interrupt.CancelAfter(TimeSpan.FromMilliseconds(500));

        await foreach (var e in thread.RunTurnAsync(new UserInput("go"), interrupt.Token))
            events.Add(e);
        await foreach (var e in thread.RunTurnAsync(new UserInput("and now?"), CancellationToken.None))
            events.Add(e);

        events.ShouldContain(e => e is AgentEvent.TurnInterrupted);
        Outputs(_model.Bodies[1]).Single().ShouldStartWith("call_1 aborted by user after ");
        _model.Bodies[1].ShouldContain("<turn_aborted>");
    }

    [Fact]
    public async Task What_the_user_says_meanwhile_joins_the_turn()
    {
        _model.Say("Done.").Say("Done too.");
        var thread = Thread(new EchoTool("echo", isParallelSafe: false));
        thread.Steer(new UserInput("and this"));

        await foreach (var e in thread.RunTurnAsync(new UserInput("go"), CancellationToken.None))
            _ = e;

        _model.Bodies[0].ShouldContain("and this");
    }

    [Fact]
    public async Task Abort_ends_the_turn_whoever_shows_it_and_nothing_more_is_run()
    {
        var order = new List<string>();
        _approvals = new ApprovalGate(ApprovalPolicy.OnRequest, (_, _) => Task.FromResult(ApprovalAnswer.Abort));
        _model.Items(ScriptedModel.FunctionCall("ask", "{}", "c1"), ScriptedModel.FunctionCall("echo", """{"text":"later"}""", "c2")).Say("Never said.").Say("New turn.");
        var thread = Thread(new AskTool(), new EchoTool("echo", isParallelSafe: false, order));

        var events = await thread.RunTurnAsync(new UserInput("go"), CancellationToken.None).ToListAsync();
        events[^1].ShouldBeOfType<AgentEvent.TurnInterrupted>();
        order.ShouldBeEmpty();
        _model.Bodies.Count.ShouldBe(1);

        await thread.RunTurnAsync(new UserInput("else"), CancellationToken.None).ToListAsync();
        Outputs(_model.Bodies[1]).Select(o => o[..24]).ShouldBe(["c1 aborted by user after", "c2 aborted by user after"]);
    }

    [Fact]
    public void What_is_said_too_late_for_a_turn_is_given_back()
    {
        var thread = Thread(new EchoTool("echo", isParallelSafe: false));
        thread.Steer(new UserInput("one"));
        thread.Steer(new UserInput("two"));

        thread.TakeUnheard().Select(i => i.Text).ShouldBe(["one", "two"]);
        thread.TakeUnheard().ShouldBeEmpty();
    }

    private async Task<List<AgentEvent>> RunAsync(string prompt, params ITool[] tools)
    {
        var thread = Thread(tools.Length > 0 ? tools : [new EchoTool("echo", isParallelSafe: false)]);
        var events = new List<AgentEvent>();
        await foreach (var e in thread.RunTurnAsync(new UserInput(prompt), CancellationToken.None))
            events.Add(e);
        return events;
    }

    private AgentThread Thread(params ITool[] tools) => Thread(_profile, tools);

    private AgentThread Thread(ModelProfile model, params ITool[] tools)
    {
        var box = new ToolBox(tools);
        var endpoint = new ModelEndpoint(new Uri("http://127.0.0.1:9/v1"), "test");
        var requests = new RequestBody(model, box.Specs, "thread");
        var conversation = new AgentConversation([HistoryItem.NewMessage("developer", "Be good.")], requests.ToolTokens);
        var item = 0;
        return new AgentThread(new ThreadSetup(
            "thread",
            model,
            new ResponsesClient(new HttpMessageInvoker(_model, disposeHandler: false), endpoint, TimeProvider.System),
            new RequestIdentity("thread", "codex_exec", "1"),
            conversation,
            requests,
            box,
            emit => new ToolContext
            {
                ThreadId = "thread",
                WorkingDirectory = "/",
                Sandbox = SandboxPolicy.ReadOnly,
                Approvals = _approvals,
                Environment = ImmutableSortedDictionary<string, string>.Empty,
                OutputLimit = 1000,
                OutputDirectory = "/",
                Time = TimeProvider.System,
                Emit = emit,
                NextItemId = () => $"item_{item++}",
            },
            new NoRecorder(),
            TimeProvider.System)
        {
            ApprovalPolicy = "never",
            Sandbox = SandboxPolicy.ReadOnly,
        });
    }

    private static List<string> Outputs(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("input").EnumerateArray()
            .Where(i => i.GetProperty("type").GetString() == "function_call_output")
            .Select(i => $"{i.GetProperty("call_id").GetString()} {Text(i.GetProperty("output"))}")];
    }

    private static string Text(JsonElement output) => output.ValueKind == JsonValueKind.String
        ? output.GetString()!
        : string.Concat(output.EnumerateArray().Select(p => p.GetProperty("text").GetString()));
}
