using System.Collections.Immutable;
using Codex.Gateway.Logging;

namespace Codex.Gateway.Hosting;

/// <summary>What the process as a whole needs to know; everything about backends is in the provider directory.</summary>
public sealed record GatewaySettings
{
    public const string DefaultUrl = "http://127.0.0.1:8484";

    /// <summary>Addresses to listen on, without a path (port 0 takes a free one), or <c>unix:/path</c>.</summary>
    public ImmutableArray<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>Null where nothing is served by https.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>Names this gateway has beside localhost, also those of sites whose pages may call it; <c>*</c> for any.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Addresses and networks whose forwarded headers are believed.</summary>
    public ImmutableArray<string> TrustedProxies { get; init; } = [];

    /// <summary>Whether other machines can connect.</summary>
    public bool IsReachable => Urls.Any(url => ListenAddress.Parse(url).Address is not { IsLocal: true });

    /// <summary>Bytes of a request body after decompression; a longer one is answered with 413.</summary>
    public long MaxBodyBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Silence after which a streaming client gets a sign of life.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long open requests may take when the gateway is told to stop.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);

    public LogSettings Log { get; init; } = new();

    /// <summary>Keeps the last requests in memory, to be looked at under <c>/admin/requests</c>.</summary>
    public bool Explain { get; init; }
}
