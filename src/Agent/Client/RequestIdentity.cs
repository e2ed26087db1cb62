using System.Net.Http.Headers;

namespace Codex.Agent.Client;

/// <summary>Who asks, in the headers Codex uses.</summary>
/// <param name="Originator">Such as <c>codex_exec</c>; the gateway knows by it how errors are to be told.</param>
public sealed record RequestIdentity(string ThreadId, string Originator, string Version)
{
    public void AddTo(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("originator", Originator);
        headers.TryAddWithoutValidation("User-Agent", $"{Originator}/{Version} (codex-agent)");
        headers.TryAddWithoutValidation("session-id", ThreadId);
        headers.TryAddWithoutValidation("thread-id", ThreadId);
        headers.TryAddWithoutValidation("x-client-request-id", ThreadId);
    }
}
