using System.Collections.Immutable;

namespace Codex.Gateway.Proxy;

/// <summary>A path that is proxied to a backend chosen by the body's <c>model</c>.</summary>
/// <param name="UpstreamPath">Appended to the backend's base address when the request is passed on as it is.</param>
public sealed record ProxyEndpoint(string Path, string UpstreamPath, bool IsResponses)
{
    public static readonly ProxyEndpoint Responses = new("/v1/responses", "/responses", IsResponses: true);

    /// <summary>Codex's remote compaction, version 1: one JSON with one <c>compaction</c> item (symptom 40).</summary>
    public static readonly ProxyEndpoint Compact = new("/v1/responses/compact", "/responses/compact", IsResponses: true);

    public static readonly ImmutableArray<ProxyEndpoint> All =
    [
        Responses,
        Compact,
        new("/v1/chat/completions", "/chat/completions", IsResponses: false),
        new("/v1/completions", "/completions", IsResponses: false),
        new("/v1/embeddings", "/embeddings", IsResponses: false),
    ];

    public static ProxyEndpoint Find(string path) => All.Single(e => e.Path == path);
}
