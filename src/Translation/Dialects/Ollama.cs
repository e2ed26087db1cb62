namespace Codex.Translation.Dialects;

/// <summary>Ollama's <c>/v1</c> (source: <c>openai/openai.go</c>, August 2026).</summary>
internal static class Ollama
{
    public static readonly Dialect Value = new()
    {
        Name = "ollama",
        // Templates are of every kind; one leading system message suits all of them.
        MergeUserMessages = false,
        ReasoningReplayField = "reasoning",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        LeakedCalls = LeakedShapes.OfOpenModels,
        // Words outside this list are a 400.
        Effort = new EffortForm("reasoning_effort", Efforts.Map(
            ("none", "none"), ("minimal", "low"), ("low", "low"), ("medium", "medium"), ("high", "high"), ("xhigh", "max"), ("ultra", "max"), ("max", "max")),
            PassOthers: false),
        // tool_choice is accepted and ignored: "none" must be met by offering no tools.
        ToolChoice = ToolChoiceSupport.Auto,
        // Base64 jpeg, png and webp only.
        Images = ImageSupport.DataUrl,
        // content null without tool calls is "invalid message content type"; with them it is fine, "" always.
        EmptyContent = EmptyContent.EmptyString,
        // The grammar of the schema holds from the first token: no tool could be called.
        StructuredWithTools = false,
        // History arguments that are not JSON: 400 "invalid tool call arguments".
        RepairsHistoryArguments = true,
        // user, n and logit_bias are ignored.
        Fields = SamplingFields.Temperature | SamplingFields.TopP | SamplingFields.Penalties | SamplingFields.Stop | SamplingFields.Seed,
        FaultSigns =
        [
            new FaultSign(503, "maximum pending requests exceeded", FaultMeaning.RateLimited),
            new FaultSign(404, "not found", FaultMeaning.UnknownModel),
        ],
    };
}
