using System.Net.Http.Headers;

namespace Codex.Agent.Client;

/// <summary>Who asks, in the headers Codex uses.</summary>
/// <param name="Originator">Such as <c>codex_exec</c>; the gateway knows by it how errors are to be told.</param>
public sealed record RequestIdentity(string ThreadId, string Originator, string Version)
{
    /// <summary>What Codex's SDKs set to name themselves.</summary>
    private const string OverrideVariable = "CODEX_INTERNAL_ORIGINATOR_OVERRIDE";

    /// <param name="usual">When nobody names another, or a name that no header can hold.</param>
    public static string OriginatorOr(string usual) =>
        Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 } named && named.All(c => c is > ' ' and < '\x7f') ? named : usual;

    public void AddTo(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("originator", Originator);
        headers.TryAddWithoutValidation("User-Agent", $"{Originator}/{Version} (codex-agent)");
        headers.TryAddWithoutValidation("session-id", ThreadId);
        headers.TryAddWithoutValidation("thread-id", ThreadId);
        headers.TryAddWithoutValidation("x-client-request-id", ThreadId);
    }
}
