using Codex.Gateway.Demo.Scripts;
using Codex.Translation.Dialects;

namespace Codex.Contract.Tests.StockClients;

/// <summary>The same session in the manner of every backend, and with backends that send calls in odd forms.</summary>
public sealed class CodexDialectTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private const string Version = "0.169.0";

    private static readonly ScriptedToolCall Make = Answers.Shell("call_make", "touch odd.txt");

    public static TheoryData<string> ChatDialects => [.. DialectRegistry.All.Where(dialect => !dialect.SpeaksResponses).Select(dialect => dialect.Name)];

    public static TheoryData<string> OddForms => [.. OddAnswers.Keys];

    /// <summary>Each makes <c>odd.txt</c>.</summary>
    private static Dictionary<string, ChatScript> OddAnswers { get; } = new(StringComparer.Ordinal)
    {
        ["byte by byte, lines ended by CR LF"] = Answers.WithCalls(new ChatStreamBuilder().Crlf().Role(), Make).Finish("tool_calls").Done().ToScript().ByteByByte(),
        ["without an id"] = Odd(new ToolCallFragment(0, Id: null, Make.Name, Make.Arguments)),
        ["without an index"] = Odd(new ToolCallFragment(Index: null, Make.Id, Make.Name, Make.Arguments)),
        ["two calls sharing index 0"] = new ChatStreamBuilder().Role()
            .ToolCalls(new ToolCallFragment(0, "call_a", "exec_command", """{"cmd":"true"}"""))
            .ToolCalls(new ToolCallFragment(0, Make.Id, Make.Name, Make.Arguments))
            .Finish("tool_calls").Done().ToScript(),
        ["finished by stop"] = Answers.WithCalls(new ChatStreamBuilder().Role(), Make).Finish("stop").Done().ToScript(),
        ["arguments with a comma too many"] = Odd(new ToolCallFragment(0, Make.Id, Make.Name, """{"cmd":"touch odd.txt",}""")),
        ["as one JSON instead of a stream"] = ChatScript.Body(
            200, new ScriptedReply { ToolCalls = [Make], FinishReason = "tool_calls" }.ToJson(new ChatIdentity(CodexStage.Model))),
        ["behind reasoning in think tags"] = Answers.WithCalls(new ChatStreamBuilder().Role().Content("<thi", "nk>Hm.</th", "ink>\n\n"), Make)
            .Finish("tool_calls").Done().ToScript(),
    };

    [SkippableTheory]
    [MemberData(nameof(ChatDialects))]
    public async Task A_tool_loop_works_in_every_dialect(string dialect)
    {
        await using var stage = await CodexStage.StartAsync(packages, dialect);
        stage.Answering(
            Answers.WithCalls(
                new ChatStreamBuilder().Role().Reasoning("reasoning_content", "Both at once."),
                Answers.Shell("call_1", "echo one | tee one.txt"), Answers.Shell("call_2", "echo two | tee two.txt"))
                .Finish("tool_calls").Done().ToScript(),
            Answers.Text("Both done."));

        var outcome = (await stage.PlayAsync(stage.Run(Version))).ShouldSucceed();

        outcome.Messages.ShouldBe(["Both done."], outcome.Report());
        outcome.Files.Keys.ShouldBe(["one.txt", "two.txt"], outcome.Report());
        var second = stage.Asked[1];
        var calls = second.Last("assistant").GetProperty("tool_calls").EnumerateArray().Select(call => call.GetProperty("id").GetString());
        var outputs = second.Messages.Where(message => message.GetProperty("role").ValueEquals("tool")).ToArray();
        outputs.Select(output => output.GetProperty("tool_call_id").GetString()).ShouldBe(calls);
        ChatAsked.Text(outputs[1]).ShouldContain("two");
    }

    [SkippableTheory]
    [MemberData(nameof(OddForms))]
    public async Task A_call_in_an_odd_form_runs_once(string form)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(OddAnswers[form], Answers.Text("Done."));

        var outcome = (await stage.PlayAsync(stage.Run(Version))).ShouldSucceed();

        outcome.ShouldLeaveOneFile("odd.txt", "");
        outcome.Messages.ShouldBe(["Done."], outcome.Report());
    }

    /// <summary>Some backends count calls from 0 in every answer (symptom 21).</summary>
    [SkippableFact]
    public async Task A_call_id_used_again_in_a_later_turn_stays_paired_with_its_own_output()
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(
            Answers.Calls(Answers.Shell("call_0", "echo first")), Answers.Calls(Answers.Shell("call_0", "echo second")), Answers.Text("Done."));

        var outcome = (await stage.PlayAsync(stage.Run(Version))).ShouldSucceed();

        outcome.Messages.ShouldBe(["Done."], outcome.Report());
        var third = stage.Asked[2];
        third.Roles.ToArray()[^4..].ShouldBe(["assistant", "tool", "assistant", "tool"]);
        ChatAsked.Text(third.Messages[^3]).ShouldContain("first");
        ChatAsked.Text(third.Messages[^1]).ShouldContain("second");
    }

    private static ChatScript Odd(ToolCallFragment call) => new ChatStreamBuilder().Role().ToolCalls(call).Finish("tool_calls").Done().ToScript();
}
