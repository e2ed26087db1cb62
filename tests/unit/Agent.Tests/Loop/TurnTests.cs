using Codex.Agent.Approvals;
using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Loop;

namespace Codex.Agent.Tests.Loop;

public sealed class TurnTests : ScriptedTurns
{
    [Fact]
    public async Task A_call_is_run_and_its_output_goes_back_until_an_answer_calls_nothing()
    {
        Model.Call("echo", """{"text":"hi"}""").Say("All done.");

        var events = await RunAsync("do it");

        events[0].ShouldBeOfType<AgentEvent.TurnStarted>();
        events.OfType<AgentEvent.ItemCompleted>().Select(e => e.Item).OfType<ThreadItem.AgentMessage>().Single().Text.ShouldBe("All done.");
        events[^1].ShouldBe(new AgentEvent.TurnCompleted(new TokenUsage(200, 0, 20, 0)));
        Outputs(Model.Bodies[1]).ShouldBe(["call_1 echo: hi"]);
    }

    [Fact]
    public async Task Every_request_begins_with_the_bytes_of_the_one_before()
    {
        Model.Call("echo", """{"text":"1"}""").Call("echo", """{"text":"2"}""", "call_2").Say("Done.");

        await RunAsync("do it");

        for (var i = 1; i < Model.Bodies.Count; i++)
        {
            var shared = Model.Bodies[i - 1][..(Model.Bodies[i - 1].IndexOf("],\"tools\"", StringComparison.Ordinal))];
            Model.Bodies[i].ShouldStartWith(shared);
        }
    }

    [Fact]
    public async Task Calls_that_change_nothing_run_together_and_all_outputs_keep_the_order_of_the_calls()
    {
        var order = new List<string>();
        Model.Items(
            ScriptedModel.FunctionCall("look", """{"text":"a"}""", "c1"),
            ScriptedModel.FunctionCall("look", """{"text":"b"}""", "c2"),
            ScriptedModel.FunctionCall("change", """{"text":"c"}""", "c3"),
            ScriptedModel.FunctionCall("look", """{"text":"d"}""", "c4")).Say("Done.");

        await RunAsync("go", new EchoTool("look", isParallelSafe: true, order, meeting: 2), new EchoTool("change", isParallelSafe: false, order));

        order.Take(2).ShouldBe(["begin a", "begin b"]);
        order.Skip(4).ShouldBe(["begin c", "end c", "begin d", "end d"]);
        Outputs(Model.Bodies[1]).ShouldBe(["c1 echo: a", "c2 echo: b", "c3 echo: c", "c4 echo: d"]);
    }

    [Fact]
    public async Task A_call_in_an_answer_that_was_cut_is_never_run()
    {
        var order = new List<string>();
        Model.Raw(ScriptedModel.Stream(ScriptedModel.Done(ScriptedModel.FunctionCall("echo", """{"text":"half"}""", "c1")), ScriptedModel.Incomplete())).Say("Done.");

        await RunAsync("go", new EchoTool("echo", isParallelSafe: false, order));

        order.ShouldBeEmpty();
        Outputs(Model.Bodies[1]).Single().ShouldStartWith("c1 not run: the answer was cut");
    }

    [Fact]
    public async Task An_answer_that_is_cut_again_and_again_fails_the_turn()
    {
        for (var i = 0; i < 3; i++)
            Model.Raw(ScriptedModel.Stream(ScriptedModel.Incomplete()));

        (await RunAsync("go"))[^1].ShouldBe(new AgentEvent.TurnFailed("Incomplete response returned, reason: max_output_tokens"));
    }

    [Fact]
    public async Task A_broken_connection_is_made_again_and_told()
    {
        Model.Refuse().Raw(ScriptedModel.Stream(ScriptedModel.Done(ScriptedModel.Message("half")))).Status(429, """{"error":{"message":"busy"}}""").Say("Done.");

        var events = await RunAsync("go");

        events.OfType<AgentEvent.Trouble>().Select(t => t.Message).ShouldBe(
        [
            "Reconnecting... 1/5 (nothing listens at http://127.0.0.1:9)",
            "Reconnecting... 2/5 (stream disconnected before completion: stream closed before response.completed)",
            "Reconnecting... 3/5 (the server answered 429: busy)",
        ]);
        events[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        Model.Bodies.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_fails_before_it_answers_is_asked_again_quietly()
    {
        Model.Status(500, "broken").Status(502, "broken").Say("Done.");

        var events = await RunAsync("go");

        events.ShouldNotContain(e => e is AgentEvent.Trouble);
        events[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
    }

    [Fact]
    public async Task A_filter_that_stops_an_answer_is_tried_again()
    {
        Model.Raw(ScriptedModel.Stream(ScriptedModel.Done(ScriptedModel.Message("half")), ScriptedModel.Incomplete("content_filter"))).Say("Done.");

        var events = await RunAsync("go");

        events.OfType<AgentEvent.Trouble>().Single().Message.ShouldEndWith("Incomplete response returned, reason: content_filter)");
        events[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        Model.Bodies[1].ShouldBe(Model.Bodies[0]);
    }

    [Fact]
    public async Task What_a_server_does_not_count_is_not_in_the_total()
    {
        Model.Raw(ScriptedModel.Stream(ScriptedModel.Done(ScriptedModel.Message("Done.")), """{"type":"response.completed","response":{"id":"r"}}"""));

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnCompleted>().Usage.ShouldBe(TokenUsage.None);
    }

    [Fact]
    public async Task The_users_own_limit_compacts_in_the_middle_of_a_turn_and_the_summary_counts()
    {
        Model.Items(ScriptedModel.FunctionCall("echo", """{"text":"one"}""", "call_1")).Say("One was echoed.").Say("Done.");
        Profile = Profile with { CompactLimit = 50 };

        var events = await RunAsync("go");

        events.ShouldContain(e => e is AgentEvent.Compacted);
        Model.Bodies[2].ShouldContain("One was echoed.");
        events[^1].ShouldBeOfType<AgentEvent.TurnCompleted>().Usage.ShouldBe(new TokenUsage(300, 0, 30, 0));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"No such field","code":"x"}}""", "No such field")]
    [InlineData(401, """{"error":{"message":"Bad key"}}""", "Bad key")]
    [InlineData(404, """{"error":{"message":"No model m","code":"model_not_found"}}""", "No model m")]
    public async Task What_will_not_change_fails_at_once(int status, string body, string words)
    {
        Model.Status(status, body);

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnFailed>().Message.ShouldContain(words);
        Model.Bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_context_that_is_too_long_is_summed_up_once_and_tried_again()
    {
        Model.Raw(ScriptedModel.Stream(ScriptedModel.Failed("context_length_exceeded", "too long"))).Say("Goal: x").Say("Done.");

        var events = await RunAsync("go");

        events.ShouldContain(e => e is AgentEvent.Compacted);
        events[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        Model.Bodies[1].ShouldContain("\"tools\":[]");
        Model.Bodies[2].ShouldContain(Compaction.Mark);
    }

    [Fact]
    public async Task Interrupting_ends_the_turn_in_order_and_the_next_one_knows()
    {
        Model.Call("echo", """{"text":"hang"}""").Say("I see.");
        var thread = Thread(new EchoTool("echo", isParallelSafe: false));
        using var interrupt = new CancellationTokenSource();
        var events = new List<AgentEvent>();
        interrupt.CancelAfter(TimeSpan.FromMilliseconds(500));

        await foreach (var e in thread.RunTurnAsync(new UserInput("go"), interrupt.Token))
            events.Add(e);
        await foreach (var e in thread.RunTurnAsync(new UserInput("and now?"), CancellationToken.None))
            events.Add(e);

        events.ShouldContain(e => e is AgentEvent.TurnInterrupted);
        Outputs(Model.Bodies[1]).Single().ShouldStartWith("call_1 aborted by user after ");
        Model.Bodies[1].ShouldContain("<turn_aborted>");
    }

    [Fact]
    public async Task What_the_user_says_meanwhile_joins_the_turn()
    {
        Model.Say("Done.").Say("Done too.");
        var thread = Thread(new EchoTool("echo", isParallelSafe: false));
        thread.Steer(new UserInput("and this"));

        await foreach (var e in thread.RunTurnAsync(new UserInput("go"), CancellationToken.None))
            _ = e;

        Model.Bodies[0].ShouldContain("and this");
    }

    [Fact]
    public async Task Abort_ends_the_turn_whoever_shows_it_and_nothing_more_is_run()
    {
        var order = new List<string>();
        Approvals = new ApprovalGate(ApprovalPolicy.OnRequest, (_, _) => Task.FromResult(ApprovalAnswer.Abort));
        Model.Items(ScriptedModel.FunctionCall("ask", "{}", "c1"), ScriptedModel.FunctionCall("echo", """{"text":"later"}""", "c2")).Say("Never said.").Say("New turn.");
        var thread = Thread(new AskTool(), new EchoTool("echo", isParallelSafe: false, order));

        var events = await thread.RunTurnAsync(new UserInput("go"), CancellationToken.None).ToListAsync();
        events[^1].ShouldBeOfType<AgentEvent.TurnInterrupted>();
        order.ShouldBeEmpty();
        Model.Bodies.Count.ShouldBe(1);

        await thread.RunTurnAsync(new UserInput("else"), CancellationToken.None).ToListAsync();
        Outputs(Model.Bodies[1]).Select(o => o[..24]).ShouldBe(["c1 aborted by user after", "c2 aborted by user after"]);
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
}
