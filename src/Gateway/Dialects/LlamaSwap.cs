using System.Text.Json;

namespace Codex.Gateway.Dialects;

/// <summary>llama-swap (github.com/mostlygeek/llama-swap): starts the server of a model when it is asked for.</summary>
internal static class LlamaSwap
{
    private static readonly BackendQuestion Running = new("/running");

    // The windows stand in the command lines of its configuration. Asking a model's own server for its size would
    // load the model, so it is not asked.
    public static readonly Backend Backend = new()
    {
        Name = "llamaswap",
        DisplayName = "llama-swap",
        WellKnownPort = 8080,
        Recognises = answers => answers.To(BackendQuestion.Models).At("data").Items().Any(m => m.Text("owned_by") == "llama-swap"),
        Residency = new ResidencyQuestion([Running], ReadResidency),
        WidenWindow = size => $"start it with --ctx-size {size} in the configuration of the model",
    };

    private static Residency? ReadResidency(BackendAnswers answers, string model) =>
        answers.To(Running).At("running") is not { ValueKind: JsonValueKind.Array } running
            ? null
            : new Residency(((JsonElement?)running).Items().Any(r => r.Text("model") == model && r.Text("state") is null or "ready"));
}
