using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Contract.Tests.Providers.Cases;

/// <summary>Shapes, limits, counts, errors, and leaving early.</summary>
internal static class LimitCases
{
    private const string OneWord = """{"input":"Answer with exactly this one word: pelican"}""";

    private const string Shape =
        """{"format":{"type":"json_schema","name":"animal","strict":true,"schema":{"type":"object","properties":{"animal":{"type":"string"},"legs":{"type":"integer"}},"required":["animal","legs"],"additionalProperties":false}}}""";

    /// <summary>A window larger than this is not filled on purpose: the tokens are somebody's money.</summary>
    private const int LargestFilled = 40_000;

    public static readonly ImmutableArray<ProviderCase> All =
    [
        new("answers in the shape asked for",
            "`codex exec --output-schema` gives text that programs cannot read.",
            $$"""{"input":"Give the animal pelican and the legs 2, as JSON.","text":{{Shape}} }""",
            InShape),
        new("calls a tool although the last answer must have a shape",
            "With `--output-schema` the model answers at once, without having looked at anything.",
            $$"""{"input":"Call the tool get_weather for the city Lisbon before you answer with the animal and its legs, as JSON.","tools":[{{CaseTools.Weather}}],"text":{{Shape}} }""",
            Checks.Calls("get_weather", Checks.Argument("city", "Lisbon"))),
        new("takes every field Codex and its SDKs send",
            "No request of Codex is accepted.",
            $$"""
            {"input":"Answer with exactly this one word: pelican","tools":[{{CaseTools.Weather}},{"type":"web_search","external_web_access":false}],"tool_choice":"auto",
             "parallel_tool_calls":true,"reasoning":{"effort":"medium","summary":"auto"},"store":false,"include":["reasoning.encrypted_content"],
             "prompt_cache_key":"0199a213-81c0-7800-8aa1-bbab2a035a53","text":{"verbosity":"low"},"client_metadata":{"x-codex-installation-id":"1"},
             "temperature":0.7,"top_p":0.9,"presence_penalty":0.1,"frequency_penalty":0.1,"seed":7,"stop":["never-said"],"user":"u1","metadata":{"k":"v"},"service_tier":"auto","safety_identifier":"s1","top_logprobs":0}
            """,
            Checks.Says("pelican")),
        new("takes the highest effort",
            "The effort 'xhigh' chosen in Codex makes every request fail.",
            """{"input":"Answer with exactly this one word: pelican","reasoning":{"effort":"xhigh"}}""",
            Checks.Says("pelican")),
        new("says when an answer was cut at the limit",
            "A cut answer passes for a whole one.",
            """{"input":"Count from one to two hundred, in words.","max_output_tokens":16}""",
            answer => answer.Status == 200 && answer.ResponseStatus == "incomplete"
                    && CaseAnswer.Text(answer.Body.GetProperty("incomplete_details"), "reason") == "max_output_tokens"
                ? Checks.Pass
                : Checks.NotCompleted(answer) ?? new Outcome.Fail("the answer passes for whole")),
        new("counts its tokens",
            "Codex compacts by the gateway's estimate, too early or too late.",
            OneWord,
            Counted),
        new("says that it does not know a model",
            "A wrong name in config.toml looks like an outage.",
            OneWord,
            answer => answer switch
            {
                { Status: 200, ResponseStatus: "completed" } => new Outcome.NotApplicable("it serves its model under any name"),
                { Status: 404, ErrorMessage.Length: > 0 } => Checks.Pass,
                _ => new Outcome.Fail($"it answers {answer.Status} {answer.ResponseStatus}: {answer.ErrorMessage}"),
            })
        {
            Model = "no-such-model-4711",
        },
        new("is asked once when it refuses",
            "The gateway repeats what cannot succeed.",
            OneWord,
            answer => answer.UpstreamRequests switch
            {
                null => new Outcome.NotApplicable("nobody counts the requests of a real provider"),
                1 => Checks.Pass,
                var times => new Outcome.Fail($"it is asked {times} times"),
            })
        {
            Model = "no-such-model-4711",
        },
        new("says that a key is wrong",
            "A wrong key looks like an outage, and Codex tries thirty times.",
            OneWord,
            answer => answer switch
            {
                { Status: 200, ResponseStatus: "completed" } => new Outcome.NotApplicable("it does not look at the key"),
                { Status: 401 or 403, ErrorMessage.Length: > 0 } => Checks.Pass,
                _ => new Outcome.Fail($"it answers {answer.Status} {answer.ResponseStatus}: {answer.ErrorMessage}"),
            })
        {
            WithWrongKey = true,
            NotFor = facts => facts.HasKey ? null : "no key is used",
        },
        new("says that a conversation is too long",
            "Codex does not compact, or the model has silently lost the beginning.",
            "{}",
            answer => answer switch
            {
                { Status: 400, ErrorCode: "context_length_exceeded" } => Checks.Pass,
                { Status: 200, ResponseStatus: "completed" } => new Outcome.Fail("it cuts the conversation in silence"),
                _ => new Outcome.Fail($"it answers {answer.Status} {answer.ErrorCode}: {answer.ErrorMessage}"),
            })
        {
            NotFor = facts => facts.ContextWindow switch
            {
                null => "its window is not known; PROVIDER_CONTEXT_WINDOW says it",
                > LargestFilled => "its window is so large that filling it would cost too much",
                _ => null,
            },
            RequestFor = facts => $$"""{"input":"{{string.Concat(Enumerable.Repeat("pelican heron otter fox ", (facts.ContextWindow ?? 0) / 2))}}"}""",
        },
        new("goes on after a client that left", "After Esc in Codex the backend is busy with an answer nobody reads.", OneWord, Checks.Says("pelican"))
        {
            Way = CaseWay.AfterLeaving,
        },
        new("serves two requests at once", "Sub-agents and titles of sessions fail or wait.", OneWord, Checks.Says("pelican"))
        {
            Way = CaseWay.Together,
        },
    ];

    private static Outcome InShape(CaseAnswer answer)
    {
        if (Checks.NotCompleted(answer) is { } problem)
            return problem;
        try
        {
            using var document = JsonDocument.Parse(answer.Said);
            return CaseAnswer.Text(document.RootElement, "animal") is { Length: > 0 }
                && document.RootElement.TryGetProperty("legs", out var legs) && legs.ValueKind == JsonValueKind.Number
                && document.RootElement.EnumerateObject().Count() == 2
                ? Checks.Pass
                : new Outcome.Fail($"the JSON has another shape: {Checks.Short(answer.Said)}");
        }
        catch (JsonException)
        {
            return new Outcome.Fail($"it is not JSON: {Checks.Short(answer.Said)}");
        }
    }

    private static Outcome Counted(CaseAnswer answer)
    {
        if (Checks.NotCompleted(answer) is { } problem)
            return problem;
        if (!answer.Body.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object)
            return new Outcome.Fail("the answer has no counts");
        if (usage.TryGetProperty("estimated", out _))
            return new Outcome.Fail("it sends no counts, so they are estimated");
        return usage.GetProperty("input_tokens").GetInt64() > 0 && usage.GetProperty("output_tokens").GetInt64() > 0
            ? Checks.Pass
            : new Outcome.Fail($"the counts are empty: {usage.GetRawText()}");
    }
}
