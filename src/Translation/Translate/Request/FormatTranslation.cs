using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Request;

/// <summary><c>text.format</c>: as <c>response_format</c> where the backend has it, else as words in the instructions.</summary>
internal static class FormatTranslation
{
    private const string Path = "text.format";

    public static ChatRequest Apply(ChatRequest chat, ResponsesRequest request, Dialect dialect, DroppedFields dropped)
    {
        var support = chat.Tools.IsEmpty || dialect.StructuredWithTools ? dialect.ResponseFormat : FormatSupport.None;
        switch (request.Text?.Format)
        {
            case null or TextFormat.Plain:
                return chat;
            case TextFormat.AnyJson when support != FormatSupport.None:
                return Formatted(chat, new ChatResponseFormat.JsonObject(), dialect);
            case TextFormat.AnyJson:
                dropped.Add(Path, "asked for in words: this backend cannot enforce it here");
                return Instructed(chat, "Your final answer must be one JSON object and nothing else.", dialect);
            case TextFormat.Schema schema when support == FormatSupport.JsonSchema:
                return Formatted(
                    chat,
                    new ChatResponseFormat.JsonSchema(
                        schema.Name,
                        schema.Description,
                        SchemaKeywords.Without(schema.Definition, dialect),
                        schema.Strict),
                    dialect);
            case TextFormat.Schema schema:
                dropped.Add(Path, "the schema is given in words: this backend cannot enforce it here");
                var asked = Instructed(
                    chat,
                    "Your final answer must be one JSON object and nothing else. It must match this JSON schema:\n" + WireJson.Compact(schema.Definition),
                    dialect);
                return support == FormatSupport.JsonObject ? Formatted(asked, new ChatResponseFormat.JsonObject(), dialect) : asked;
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request.Text.Format, message: null);
        }
    }

    private static ChatRequest Formatted(ChatRequest chat, ChatResponseFormat format, Dialect dialect) =>
        chat with { ResponseFormat = format, Stream = chat.Stream && dialect.StreamsStructured };

    private static ChatRequest Instructed(ChatRequest chat, string words, Dialect dialect) =>
        chat.Messages is [ChatMessage.Instructions first, .. var rest]
            ? chat with { Messages = [first with { Text = first.Text + "\n\n" + words }, .. rest] }
            : chat with { Messages = [new ChatMessage.Instructions(dialect.InstructionsRole, words), .. chat.Messages] };
}
