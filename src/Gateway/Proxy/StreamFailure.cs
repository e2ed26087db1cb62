using Codex.Gateway.Providers;
using Codex.Translation.Chat;

namespace Codex.Gateway.Proxy;

/// <summary>Why an answer that began as a success was none.</summary>
internal static class StreamFailure
{
    /// <summary>How the translation begins to speak of a backend.</summary>
    private const string Found = "The backend ";

    /// <param name="when">Where in the answer the connection broke: "before" it, or "in the middle of" it.</param>
    public static Failure BrokenOff(Provider provider, string when) => new(
        FailureKind.BackendError,
        StatusCodes.Status502BadGateway,
        $"The connection to provider '{provider.Name}' broke {when} its answer.")
    {
        Cause = "broke off its answer",
    };

    public static Failure Explain(TranscodingStream stream, Exchange exchange)
    {
        if (stream.Interruption is { } interruption)
            return interruption;
        var error = stream.Error!;
        var failure = UpstreamFailure.Explain(
            exchange.Provider,
            exchange.Model,
            new UpstreamFault(Status: null, error.Code, error.Type, error.Message),
            retryAfter: null,
            exchange.Credentials.Redaction);
        // What the translation found out needs no "answered with an error" before it.
        return failure.Kind == FailureKind.BackendError && error.Message.StartsWith(Found, StringComparison.Ordinal)
            ? failure with { Message = $"Provider '{exchange.Provider.Name}' {error.Message[Found.Length..]}" }
            : failure;
    }
}
