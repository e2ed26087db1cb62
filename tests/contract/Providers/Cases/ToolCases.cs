using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Contract.Tests.Providers.Cases;

/// <summary>Tools: offered, chosen, called, answered.</summary>
internal static class ToolCases
{
    private const string AskWeather = "Call the tool get_weather for the city Lisbon.";

    public static readonly ImmutableArray<ProviderCase> All =
    [
        new("calls a function with arguments that are JSON",
            "Codex can read nothing and change nothing: without tools there is no agent.",
            $$"""{"input":"{{AskWeather}}","tools":[{{CaseTools.Weather}},{{CaseTools.Clock}}]}""",
            Checks.Calls("get_weather", Checks.Argument("city", "Lisbon"))),
        new("reads what its tool gave back",
            "The session ends after the first command.",
            $$"""{"input":"{{AskWeather}}","tools":[{{CaseTools.Weather}}]}""",
            Checks.Says("19"))
        {
            Then = new FollowUp(Checks.Calls("get_weather", _ => null), AnswerCall),
        },
        new("calls two tools at once",
            "Codex works, but one call a turn: every step costs a request.",
            $$"""{"input":"Call the tools get_weather and get_time for the city Lisbon, both at once in the same answer.","tools":[{{CaseTools.Weather}},{{CaseTools.Clock}}],"parallel_tool_calls":true}""",
            TwoCalls),
        new("calls a tool when it must",
            "Clients that force a call get words instead; Codex itself leaves the choice to the model.",
            $$"""{"input":"Say hello to the city Lisbon.","tools":[{{CaseTools.Weather}}],"tool_choice":"required"}""",
            UnlessDropped(Checks.Calls("get_weather", _ => null))),
        new("calls no tool when it must not",
            "Turns without tools, such as a review's last word, run commands.",
            $$"""{"input":"{{AskWeather}}","tools":[{{CaseTools.Weather}}],"tool_choice":"none"}""",
            answer => Checks.NotCompleted(answer) ?? (answer.Calls.IsEmpty ? Checks.Pass : new Outcome.Fail("it calls a tool all the same"))),
        new("calls the one tool it is told to",
            "Clients that name a tool get another one, or words; Codex itself leaves the choice to the model.",
            $$"""{"input":"I am in the city Lisbon.","tools":[{{CaseTools.Weather}},{{CaseTools.Clock}}],"tool_choice":{"type":"function","name":"get_time"} }""",
            UnlessDropped(Checks.Calls("get_time", _ => null))),
        new("calls a tool with free text",
            "apply_patch does not work: Codex must change files by shell commands.",
            $$"""{"input":"Call the tool write_note with exactly this input:\n```\nfirst \"line\"\nsecond\tline\n```","tools":[{{CaseTools.Note}}]}""",
            FreeText),
        new("calls a tool of an MCP server",
            "MCP servers do not work: Codex does not know the tool that was called.",
            $$"""{"input":"Call the tool find_book with the title Dune.","tools":[{{CaseTools.Library}}]}""",
            answer => Checks.Calls("find_book", Checks.Argument("title", "Dune"))(answer) is Outcome.Fail wrong
                ? wrong
                : CaseAnswer.Text(answer.Calls[0], "namespace") == "mcp__library" ? Checks.Pass : new Outcome.Fail("the call has lost its namespace")),
        new("takes a tool whose schema begins with a choice",
            "One MCP server with such a tool makes every request fail.",
            $$"""{"input":"Call the tool find_person with the name Ada.","tools":[{{CaseTools.Choice}}]}""",
            Checks.Calls("find_person", Checks.Argument("name", "Ada"))),
    ];

    private static string AnswerCall(CaseAnswer first)
    {
        var call = first.Calls[0];
        var items = string.Join(",", first.Output.Select(o => o.GetRawText()));
        var id = JsonEncodedText.Encode(CaseAnswer.Text(call, "call_id")!).ToString();
        return $$"""
            {"tools":[{{CaseTools.Weather}}],"input":[
              {"type":"message","role":"user","content":[{"type":"input_text","text":"{{AskWeather}} Then tell me what it says, in one short sentence."}]},
              {{items}},
              {"type":"function_call_output","call_id":"{{id}}","output":"It is 19 degrees."}]}
            """;
    }

    private static Outcome TwoCalls(CaseAnswer answer)
    {
        if (Checks.NotCompleted(answer) is { } problem)
            return problem;
        if (answer.Calls.Length != 2)
            return new Outcome.Fail($"calls in one answer: {answer.Calls.Length}");
        if (answer.Calls.Select(c => CaseAnswer.Text(c, "call_id")).Distinct().Count() != 2)
            return new Outcome.Fail("both calls have one id");
        var lisbon = Checks.Argument("city", "Lisbon");
        foreach (var (name, call) in new[] { "get_time", "get_weather" }.Zip(answer.Calls.OrderBy(c => CaseAnswer.Text(c, "name"), StringComparer.Ordinal)))
        {
            if (Checks.CallFlaw(call, name, lisbon) is { } flaw)
                return new Outcome.Fail(flaw);
        }

        return Checks.Pass;
    }

    private static Outcome FreeText(CaseAnswer answer)
    {
        if (Checks.NotCompleted(answer) is { } problem)
            return problem;
        if (answer.Calls is not [var call])
            return new Outcome.Fail($"calls: {answer.Calls.Length}, words: \"{Checks.Short(answer.Said)}\"");
        if (CaseAnswer.Text(call, "type") != "custom_tool_call")
            return new Outcome.Fail("the call is not a custom_tool_call");
        var input = CaseAnswer.Text(call, "input") ?? "";
        return input.Contains("first \"line\"\nsecond", StringComparison.Ordinal)
            ? Checks.Pass
            : new Outcome.Fail($"the input is not the text: {Checks.Short(input)}");
    }

    private static Func<CaseAnswer, Outcome> UnlessDropped(Func<CaseAnswer, Outcome> check) => answer =>
        check(answer) is Outcome.Fail && answer.HasDropped("tool_choice") && answer.ResponseStatus == "completed"
            ? new Outcome.NotApplicable("it cannot be made to call a tool, and the answer said so")
            : check(answer);
}
