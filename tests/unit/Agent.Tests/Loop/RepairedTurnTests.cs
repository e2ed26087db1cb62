using Codex.Agent.Events;
using Codex.Agent.Loop;
using Codex.Agent.Models;

namespace Codex.Agent.Tests.Loop;

/// <summary>Turns in which the model does something wrong.</summary>
public sealed class RepairedTurnTests : ScriptedTurns
{
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
        Model.Say(text).Say("Done.");

        await RunAsync("go");

        Outputs(Model.Bodies[1]).Single().ShouldEndWith(" echo: hi");
    }

    [Theory]
    [InlineData("You would write\n```json\n{\"name\": \"echo\", \"arguments\": {\"text\": \"hi\"}}\n```\nand see.")]
    [InlineData("{\"name\": \"echo\", \"arguments\": {\"text\": \"hi\"}} would echo it.")]
    [InlineData("[echo(hi)]")]
    [InlineData("```python\nimport os\necho(text='hi')\n```")]
    public async Task An_example_of_a_call_is_only_text(string text)
    {
        Model.Say(text);

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        Model.Bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_inside_the_thinking_is_run_when_nothing_else_was_said()
    {
        Model.Items("""{"type":"reasoning","summary":[{"type":"summary_text","text":"I do it.\n<tool_call>{\"name\":\"echo\",\"arguments\":{\"text\":\"hi\"}}</tool_call>"}]}""").Say("Done.");

        await RunAsync("go");

        Outputs(Model.Bodies[1]).Single().ShouldEndWith(" echo: hi");
    }

    [Fact]
    public async Task AModel_that_calls_by_text_gets_its_results_as_text()
    {
        Model.Say("<tool_call>{\"name\":\"echo\",\"arguments\":{\"text\":\"hi\"}}</tool_call>").Say("Done.");
        var thread = Thread(new ModelProfile("m", 32_000) { CallsAsText = true }, new EchoTool("echo", isParallelSafe: false));

        await foreach (var e in thread.RunTurnAsync(new UserInput("go"), CancellationToken.None))
            _ = e;

        Outputs(Model.Bodies[1]).ShouldBeEmpty();
        Model.Bodies[1].ShouldContain("<tool_response>\\necho: hi\\n</tool_response>");
    }

    [Fact]
    public async Task Text_that_names_no_offered_tool_is_only_text()
    {
        Model.Say("<tool_call>{\"name\":\"rm\",\"arguments\":{}}</tool_call> is how one would call it.");

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        Model.Bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Wrong_names_and_broken_arguments_are_answered_with_what_to_do()
    {
        Model.Items(
            ScriptedModel.FunctionCall("nonsense", "{}", "c1"),
            ScriptedModel.FunctionCall("echo", "{\"text\":\"cut in the", "c2"),
            ScriptedModel.FunctionCall("Echo", "{'text':'mended',}", "c3")).Say("Done.");

        await RunAsync("go");

        var outputs = Outputs(Model.Bodies[1]);
        outputs[0].ShouldBe("c1 unsupported call: nonsense. The tools are: echo.");
        outputs[1].ShouldStartWith("c2 failed to parse function arguments: the JSON ends in the middle");
        outputs[2].ShouldBe("c3 echo: mended");
    }

    [Fact]
    public async Task An_announcement_without_a_call_is_nudged_once_and_then_told_as_a_failure()
    {
        Model.Say("Let me read the file.").Say("Let me read config.ini:");

        var events = await RunAsync("go");

        Model.Bodies.Count.ShouldBe(2);
        Model.Bodies[1].ShouldContain("did not call a tool");
        events[^1].ShouldBeOfType<AgentEvent.TurnFailed>().Message.ShouldContain("announced a step and called no tool");
    }

    [Fact]
    public async Task An_empty_answer_is_asked_again_once_and_then_told_as_a_failure()
    {
        Model.Items().Items();

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnFailed>().Message.ShouldContain("empty answer");
        Model.Bodies.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_nudge_is_given_again_once_theModel_has_worked()
    {
        Model.Say("Let me look.").Call("echo", """{"text":"1"}""").Say("Let me look again.").Say("Nothing is left to do.");

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnCompleted>();
        Model.Bodies.Count.ShouldBe(4);
    }

    [Fact]
    public async Task AModel_that_repeats_itself_is_stopped_with_the_reason()
    {
        for (var i = 0; i < 5; i++)
            Model.Call("echo", """{"text":"again"}""", $"c{i}");

        (await RunAsync("go"))[^1].ShouldBeOfType<AgentEvent.TurnFailed>().Message.ShouldContain("repeated the same echo call 5 times");
        Model.Bodies[3].ShouldContain("its result did not change");
    }
}
