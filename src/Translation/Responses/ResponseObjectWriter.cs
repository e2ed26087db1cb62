using System.Text.Json;

namespace Codex.Translation.Responses;

public static class ResponseObjectWriter
{
    public static void Write(Utf8JsonWriter writer, ResponseObject response) => throw new NotSupportedException();
}
