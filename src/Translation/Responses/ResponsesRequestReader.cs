namespace Codex.Translation.Responses;

public static class ResponsesRequestReader
{
    public static RequestReading Read(ReadOnlyMemory<byte> body) => throw new NotSupportedException();
}
