using System.Collections.Immutable;
using Codex.Gateway.Logging;

namespace Codex.Gateway.Hosting;

/// <summary>What the process as a whole needs to know; everything about backends is in the provider directory.</summary>
public sealed record GatewaySettings
{
    public const string DefaultUrl = "http://127.0.0.1:8484";

    /// <summary>Addresses to listen on, without a path; port 0 takes a free one.</summary>
    public ImmutableArray<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>Bytes of a request body after decompression; a longer one is answered with 413.</summary>
    public long MaxBodyBytes { get; init; } = 64L * 1024 * 1024;

    public LogSettings Log { get; init; } = new();
}
