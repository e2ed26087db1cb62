using System.Collections.Immutable;
using Codex.Translation.Chat;

namespace Codex.Translation.Dialects;

/// <summary>
/// Mistral. Tool call ids have exactly nine letters or digits (400 code 3280, symptom 21); "any" is its word for
/// required, which OpenAI's word also reaches. Content may be a list with thinking parts. A user's message right
/// behind a tool's result is refused (400 code 3230, avante.nvim#2695, datapizza-ai#98).
/// </summary>
internal static class Mistral
{
    private const string Bridge = "Understood.";

    public static readonly Dialect Value = new()
    {
        Name = "mistral",
        MergeUserMessages = true,
        LeakedCalls = [LeakedCallShape.ToolCallsMarker],
        SendsParallelToolCalls = true,
        ToolIds = ToolIdForm.NineAlphanumeric,
        EmptyContent = EmptyContent.EmptyString,
        // The seed is called random_seed there, and unknown fields are refused.
        Fields = SamplingFields.Temperature | SamplingFields.TopP | SamplingFields.Penalties | SamplingFields.Stop,
        StreamUsage = false,
        // Code 1500.
        FaultSigns = [new FaultSign(400, "Invalid model:", FaultMeaning.UnknownModel)],
        RewriteRequest = AnswerTools,
    };

    /// <summary>Puts a short answer of the assistant between a tool's result and the user's next message.</summary>
    private static ChatRequest AnswerTools(ChatRequest request)
    {
        var messages = ImmutableArray.CreateBuilder<ChatMessage>(request.Messages.Length);
        foreach (var message in request.Messages)
        {
            if (message is ChatMessage.User && messages is [.., ChatMessage.Tool])
                messages.Add(new ChatMessage.Assistant(Bridge, Reasoning: null, ReasoningDetails: null, ToolCalls: []));
            messages.Add(message);
        }

        return request with { Messages = messages.ToImmutable() };
    }
}
