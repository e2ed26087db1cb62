using System.Collections.Immutable;

namespace Codex.Contract.Tests.Providers.Cases;

/// <summary>Conversations as they come after resume, compaction, a cut or a change of model.</summary>
internal static class HistoryCases
{
    public static readonly ImmutableArray<ProviderCase> All =
    [
        new("takes a history in which ids of calls repeat",
            "A session begun on a backend that counts its calls anew each turn cannot go on here.",
            $$"""
            {"tools":[{{CaseTools.Weather}}],"input":[
              {"type":"message","role":"user","content":[{"type":"input_text","text":"How warm is it in Lisbon?"}]},
              {"type":"function_call","call_id":"functions.get_weather:0","name":"get_weather","arguments":"{\"city\":\"Lisbon\"}"},
              {"type":"function_call_output","call_id":"functions.get_weather:0","output":"It is 19 degrees."},
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"19 degrees."}]},
              {"type":"message","role":"user","content":[{"type":"input_text","text":"And in Oslo? Answer with the number."}]},
              {"type":"function_call","call_id":"functions.get_weather:0","name":"get_weather","arguments":"{\"city\":\"Oslo\"}"},
              {"type":"function_call_output","call_id":"functions.get_weather:0","output":"It is 7 degrees."}]}
            """,
            Checks.Says("7")),
        new("takes outputs whose call went with a compaction",
            "After compaction every request fails.",
            $$"""
            {"tools":[{{CaseTools.Weather}}],"input":[
              {"type":"function_call_output","call_id":"call_gone","output":"The gate is 42."},
              {"type":"message","role":"user","content":[{"type":"input_text","text":"What is the gate? Answer with the number."}]}]}
            """,
            Checks.Says("42")),
        new("takes a call that was never answered",
            "After Ctrl-C in the middle of a command the session cannot go on.",
            $$"""
            {"tools":[{{CaseTools.Weather}}],"input":[
              {"type":"message","role":"user","content":[{"type":"input_text","text":"How warm is it in Lisbon?"}]},
              {"type":"function_call","call_id":"call_1","name":"get_weather","arguments":"{\"city\":\"Lisbon\"}"},
              {"type":"message","role":"user","content":[{"type":"input_text","text":"Never mind. Answer with exactly this one word: pelican"}]}]}
            """,
            Checks.Says("pelican")),
        new("takes a history with broken arguments",
            "One bad call of the model makes every later turn fail.",
            $$"""
            {"tools":[{{CaseTools.Weather}}],"input":[
              {"type":"message","role":"user","content":[{"type":"input_text","text":"How warm is it in Lisbon?"}]},
              {"type":"function_call","call_id":"call_1","name":"get_weather","arguments":"{\"city\":\"Lisbon"},
              {"type":"function_call_output","call_id":"call_1","output":"failed to parse arguments"},
              {"type":"message","role":"user","content":[{"type":"input_text","text":"Never mind. Answer with exactly this one word: pelican"}]}]}
            """,
            Checks.Says("pelican")),
        new("takes over a session from another model",
            "`codex resume` with another model fails at once.",
            $$"""
            {"instructions":"You are helpful.","tools":[{{CaseTools.Weather}},{{CaseTools.Clock}}],"include":["reasoning.encrypted_content"],"input":[
              {"type":"message","role":"user","content":[{"type":"input_text","text":"Weather and time in Lisbon?"}]},
              {"type":"reasoning","id":"rs_68","summary":[{"type":"summary_text","text":"Two calls."}],"encrypted_content":"gAAAAABforeign"},
              {"type":"message","role":"assistant","phase":"commentary","content":[{"type":"output_text","text":"Let me look."}]},
              {"type":"function_call","id":"fc_68","call_id":"call_Zk3o5bQvZ8mYtR2wP1xN7cLd","name":"get_weather","arguments":"{\"city\":\"Lisbon\"}"},
              {"type":"function_call","id":"fc_69","call_id":"call_Hq8s1aWnE4uJiK6yT9vB3fGx","name":"get_time","arguments":"{\"city\":\"Lisbon\"}"},
              {"type":"message","role":"developer","content":[{"type":"input_text","text":"The user approves."}]},
              {"type":"function_call_output","call_id":"call_Hq8s1aWnE4uJiK6yT9vB3fGx","output":[{"type":"input_text","text":"It is noon."}]},
              {"type":"function_call_output","call_id":"call_Zk3o5bQvZ8mYtR2wP1xN7cLd","output":"It is 19 degrees."},
              {"type":"message","role":"user","content":[{"type":"input_text","text":"Answer with exactly this one word: pelican"}]}]}
            """,
            Checks.Says("pelican")),
        new("takes its own reasoning back",
            "The second turn fails, or the model has forgotten why it called its tools.",
            $$"""{"input":"Think, then call the tool get_weather for the city Lisbon.","tools":[{{CaseTools.Weather}}],"reasoning":{"effort":"medium","summary":"auto"} }""",
            Checks.Says("19"))
        {
            Then = new FollowUp(
                answer => Checks.Calls("get_weather", _ => null)(answer) is Outcome.Fail wrong
                    ? wrong
                    : answer.Thought.Length > 0 ? Checks.Pass : new Outcome.NotApplicable("it shows no reasoning"),
                first => $$"""
                    {"tools":[{{CaseTools.Weather}}],"reasoning":{"effort":"medium","summary":"auto"},"input":[
                      {"type":"message","role":"user","content":[{"type":"input_text","text":"Think, then call the tool get_weather for the city Lisbon."}]},
                      {{string.Join(",", first.Output.Select(o => o.GetRawText()))}},
                      {"type":"function_call_output","call_id":"{{CaseAnswer.Text(first.Calls[0], "call_id")}}","output":"It is 19 degrees."}]}
                    """),
        },
    ];
}
