using System.Collections.Frozen;
using Codex.Translation.Text;
using Microsoft.Extensions.Primitives;

namespace Codex.Gateway.Proxy;

/// <summary>Which headers pass through the gateway.</summary>
public static class TravellingHeaders
{
    private static readonly FrozenSet<string> HopByHop = Names(
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer",
        "transfer-encoding", "upgrade", "http2-settings");

    /// <summary>
    /// Private to Codex and OpenAI, about this connection alone, set anew for the backend, or of a browser:
    /// local servers refuse an <c>Origin</c> they do not know.
    /// </summary>
    private static readonly FrozenSet<string> NotUpstream = Names(
        "host", "content-length", "content-type", "content-encoding", "expect", "accept-encoding", "authorization",
        "x-api-key", "api-key", "user-agent", "cookie", "originator", "session-id", "session_id", "thread-id", "conversation_id",
        "x-client-request-id", "x-request-id", "origin", "referer", "forwarded", "via", "traceparent", "tracestate",
        "baggage", "chatgpt-account-id", "version");

    private static readonly string[] NotUpstreamPrefixes = ["x-codex-", "x-openai-", "openai-", "x-gateway-", "x-stainless-", "x-forwarded-", "sec-"];

    /// <summary>An <c>openai-model</c> that differs from the model asked for makes Codex warn of a flagged account.</summary>
    private static readonly FrozenSet<string> NotDownstream = Names(
        "server", "set-cookie", "set-cookie2", "x-request-id", "alt-svc", "strict-transport-security", "nel", "report-to", "date");

    private static readonly string[] NotDownstreamPrefixes = ["openai-", "x-openai-", "x-codex-", "x-gateway-", "access-control-"];

    public static bool GoUpstream(string name) => !HopByHop.Contains(name) && !NotUpstream.Contains(name) && !StartsWithAny(name, NotUpstreamPrefixes);

    public static bool GoDownstream(string name) => !HopByHop.Contains(name) && !NotDownstream.Contains(name) && !StartsWithAny(name, NotDownstreamPrefixes);

    /// <summary>Headers of an answer that passes through as it is.</summary>
    public static IEnumerable<KeyValuePair<string, StringValues>> Downstream(HttpResponseMessage from, Redaction redaction) =>
        from.Headers.NonValidated.Concat(from.Content.Headers.NonValidated)
            .Where(h => GoDownstream(h.Key))
            .Select(h => KeyValuePair.Create(h.Key, new StringValues([.. h.Value.Select(redaction.Apply)])));

    private static bool StartsWithAny(string name, string[] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
