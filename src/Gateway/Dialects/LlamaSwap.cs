namespace Codex.Gateway.Dialects;

/// <summary>llama-swap (github.com/mostlygeek/llama-swap): starts the server of a model when it is asked for.</summary>
internal static class LlamaSwap
{
    // The windows stand in the command lines of its configuration. Asking a model's own server for its size would
    // load the model, so it is not asked.
    public static readonly Backend Backend = new()
    {
        Name = "llamaswap",
        DisplayName = "llama-swap",
        WellKnownPort = 8080,
        Recognises = answers => answers.To(BackendQuestion.Models).At("data").Items().Any(m => m.Text("owned_by") == "llama-swap"),
    };
}
