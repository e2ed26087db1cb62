using System.Collections.Immutable;

namespace Codex.Contract.Tests.Providers.Cases;

/// <summary>Words in, words out.</summary>
internal static class TextCases
{
    private const string OneWord = """{"input":"Answer with exactly this one word: pelican"}""";

    /// <summary>As long as what Codex sends before the user has said anything: about ten thousand tokens.</summary>
    private static readonly string Filler = string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog and goes home. ", 700));

    public static readonly ImmutableArray<ProviderCase> All =
    [
        new("streams words", "Codex shows nothing while the model works, or nothing at all.", OneWord, Checks.Says("pelican")),
        new("answers without a stream", "Scripts that call the API without streaming get no answer; Codex itself always streams.", OneWord, Checks.Says("pelican"))
        {
            Streams = false,
        },
        new("obeys the instructions",
            "Codex's rules of work, and your AGENTS.md, do not reach the model.",
            """{"instructions":"The code word is heron.","input":"What is the code word? Answer in one short sentence."}""",
            Checks.Says("heron")),
        new("takes several system and developer messages",
            "Codex 0.169 sends its rules as developer messages, more of them in the middle of a session; the first change of mode would end it.",
            """
            {"instructions":"The code word is heron.","input":[
              {"type":"message","role":"developer","content":[{"type":"input_text","text":"The colour is teal."}]},
              {"type":"message","role":"system","content":[{"type":"input_text","text":"Answer in one short sentence."}]},
              {"type":"message","role":"user","content":[{"type":"input_text","text":"Hello."}]},
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hello."}]},
              {"type":"message","role":"developer","content":[{"type":"input_text","text":"The animal is otter."}]},
              {"type":"message","role":"user","content":[{"type":"input_text","text":"What is the code word, what is the colour, and what is the animal? Name all three."}]}]}
            """,
            Checks.Says("heron", "teal", "otter")),
        new("remembers earlier turns",
            "Every turn starts from nothing; no work of more than one step gets done.",
            """
            {"input":[
              {"type":"message","role":"user","content":[{"type":"input_text","text":"The harbour is Trieste. Remember it."}]},
              {"type":"message","role":"assistant","status":"completed","id":"msg_1","content":[{"type":"output_text","text":"I will.","annotations":[]}]},
              {"type":"message","role":"user","content":[{"type":"input_text","text":"What is the harbour? Answer in one short sentence."}]}]}
            """,
            Checks.Says("Trieste")),
        new("keeps the beginning of a prompt as long as Codex's own",
            "The context is too small, or cut from the front in silence: Codex's rules and tools are lost. Give the model a window of 32k or more.",
            $$"""{"instructions":"The code word is heron.","input":"{{Filler}} What is the code word? Answer in one short sentence."}""",
            Checks.Says("heron"))
        {
            NotFor = facts => facts.ContextWindow < 14_000 ? "its window is smaller than that; Codex needs more" : null,
        },
        new("gives characters back unharmed",
            "File names and texts in other scripts come out broken, and patches to them do not apply.",
            """{"input":"Repeat exactly, and say nothing else: «Grüße, 東京 🦩»"}""",
            Checks.Says("Grüße", "東京", "🦩")),
        new("gives its reasoning apart from its answer",
            "Thoughts stand in the answer as text, or are not shown.",
            """{"input":"What is 17 + 25? Think first, then answer with the number alone.","reasoning":{"effort":"medium","summary":"auto"}}""",
            Reasoning),
        new("sees a picture",
            "`codex -i picture.png` and screenshots of tools do not work with this model.",
            $$"""{"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Which colour fills this picture? Answer with one word."},{"type":"input_image","image_url":"{{Picture.RedUrl}}"}]}]}""",
            answer => answer.HasDropped("input[0].content[1]") ? new Outcome.NotApplicable("it takes no pictures") : Checks.Says("red")(answer)),
    ];

    private static Outcome Reasoning(CaseAnswer answer) => Checks.Says("42")(answer) switch
    {
        Outcome.Pass when answer.Said.Contains("think>", StringComparison.Ordinal) => new Outcome.Fail("thinking tags stand in the answer"),
        Outcome.Pass when answer.Thought.Contains("llama-swap loading", StringComparison.Ordinal) || answer.Thought.Contains("Reticulating", StringComparison.Ordinal) => new Outcome.Fail("a loading notice passes for reasoning"),
        Outcome.Pass when answer.Thought.Length == 0 => new Outcome.NotApplicable("it shows no reasoning"),
        var other => other,
    };
}
