using System.Text.Encodings.Web;
using System.Text.Json;

namespace Codex.Agent.Conversation;

internal static class ConversationJson
{
    /// <summary>Escapes no more than JSON asks for: a model pays for every escape in tokens.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
