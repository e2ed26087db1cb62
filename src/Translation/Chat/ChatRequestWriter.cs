using Codex.Translation.Dialects;

namespace Codex.Translation.Chat;

public static class ChatRequestWriter
{
    public static byte[] Write(ChatRequest request, Dialect dialect) => throw new NotSupportedException();
}
