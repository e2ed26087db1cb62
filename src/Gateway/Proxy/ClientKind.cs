namespace Codex.Gateway.Proxy;

/// <summary>Clients whose manners differ so much that errors must be told to them differently.</summary>
public enum ClientKind
{
    /// <summary>Retries nearly every error and then hides its cause.</summary>
    Codex,

    Other,
}

public static class ClientKinds
{
    /// <summary>How this program calls itself: another gateway in front of this one is not Codex.</summary>
    public const string OwnAgent = "codex-gateway/";

    /// <summary>Codex is known by its <c>originator</c>, which its user can override, or by its <c>User-Agent</c>.</summary>
    public static ClientKind Of(HttpRequest request) =>
        request.Headers["originator"].ToString().StartsWith("codex", StringComparison.OrdinalIgnoreCase)
        || (request.Headers.UserAgent.ToString() is var agent
            && agent.StartsWith("codex", StringComparison.OrdinalIgnoreCase)
            && !agent.StartsWith(OwnAgent, StringComparison.OrdinalIgnoreCase)
            && agent.Contains('/'))
            ? ClientKind.Codex
            : ClientKind.Other;

    /// <summary>What a client seems to want before its body could be read.</summary>
    public static bool AcceptsEvents(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
