using System.Collections.Immutable;

namespace Codex.ConfigTool.Doctor;

/// <summary>What Codex says, what it means, and what to do.</summary>
/// <param name="Words">Words of the line that Codex prints.</param>
/// <param name="Advice">Cause and remedy.</param>
/// <param name="Codes">Findings that tell of the same.</param>
internal sealed record Symptom(string Words, string Advice, ImmutableArray<string> Codes);

/// <summary>Every symptom users ask about. Those with a finding are found by checks as far as files can show them; the rest is for the eye.</summary>
internal static class Troubleshooting
{
    public static ImmutableArray<Symptom> All { get; } =
    [
        new("command not found: codex", "Codex is not installed: npm install -g @openai/codex", ["W16"]),
        new("Missing environment variable:", "the key is not set where Codex runs: codex-config env", ["E08"]),
        new("We're currently experiencing high demand", "most often a wrong key, or one of another environment (its prefix tells), seldom too many users: codex-config doctor --network", ["E11", "E15"]),
        new("404 Not Found", "the model's name or base_url is wrong; codex-config models lists the names", ["E12", "W08", "W15"]),
        new("Model '<slug>' not found", "if codex-config models lists it, it is cold: wait 30 to 60 seconds and try again", ["W18"]),
        new("400 Bad Request", "a model's name that belongs to a ChatGPT account or to nobody: set model to a name from codex-config models, or the provider that has it: codex-config use", ["E19"]),
        new("Operation not allowed: read-only", "the sandbox only reads unless told: codex -s workspace-write -a never", []),
        new("unexpected argument '--full-auto'", "Codex 0.128 took --full-auto away: -s workspace-write -a never, with codex exec only -s workspace-write", ["W17"]),
        new("Maximum context length is", "the conversation has outgrown the model: /compact or a new session; model_context_window makes Codex compact in time", ["W05"]),
        new("Reading additional input from stdin", "codex exec waits for input: add </dev/null, or press Ctrl-D", []),
        new("Reconnecting... 5/5", "the line behind the last of these names the cause", []),
    ];
}
