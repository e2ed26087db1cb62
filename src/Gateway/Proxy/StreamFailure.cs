using Codex.Translation.Chat;

namespace Codex.Gateway.Proxy;

/// <summary>Why an answer that began as a success was none.</summary>
internal static class StreamFailure
{
    public static Failure Explain(TranscodingStream stream, Exchange exchange)
    {
        if (stream.Interruption is { } interruption)
            return interruption;
        var error = stream.Error!;
        return UpstreamFailure.Explain(
            exchange.Provider,
            exchange.Model,
            new UpstreamFault(Status: null, error.Code, error.Type, error.Message),
            retryAfter: null,
            exchange.Credentials.Redaction);
    }
}
