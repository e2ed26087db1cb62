using Codex.Translation.Chat;

namespace Codex.Translation.Translate.Request;

/// <summary>A rough count of prompt tokens, for backends that send no usage: four characters a token.</summary>
internal static class PromptEstimate
{
    private const int CharactersPerToken = 4;

    /// <summary>What a picture of ordinary size costs most models.</summary>
    private const int TokensPerImage = 800;

    private const int TokensPerMessage = 4;

    public static int Tokens(ChatRequest request)
    {
        long characters = 0;
        var tokens = 0;
        foreach (var message in request.Messages)
        {
            tokens += TokensPerMessage;
            switch (message)
            {
                case ChatMessage.Instructions instructions:
                    characters += instructions.Text.Length;
                    break;
                case ChatMessage.User user:
                    foreach (var part in user.Parts)
                    {
                        characters += part is ChatPart.Text text ? text.Value.Length : 0;
                        tokens += part is ChatPart.Text ? 0 : TokensPerImage;
                    }

                    break;
                case ChatMessage.Assistant assistant:
                    characters += (assistant.Text?.Length ?? 0) + (assistant.Reasoning?.Length ?? 0);
                    characters += assistant.ToolCalls.Sum(c => (long)c.Name.Length + c.Arguments.Length);
                    break;
                case ChatMessage.Tool tool:
                    characters += tool.Text.Length;
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(request), message, message: null);
            }
        }

        characters += request.Tools.Sum(t => (long)t.Name.Length + (t.Description?.Length ?? 0) + t.Parameters.Length);
        return (int)Math.Min(int.MaxValue, tokens + (characters / CharactersPerToken));
    }
}
