using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Serilog.Events;

namespace Codex.Gateway.Configuration;

/// <summary>What <c>gateway.json</c> may hold. Property names are the keys; the JSON schema and the reader are made from these types.</summary>
[Description("Configuration of codex-gateway. Environment variables (CODEX_GATEWAY_Providers__name__BaseUrl) and flags override it.")]
public sealed record GatewayOptions
{
    public const string DefaultUrl = Hosting.GatewaySettings.DefaultUrl;

    public const long DefaultMaxBodyBytes = 64 * 1024 * 1024;

    [Description("Backends by the name that is the prefix in provider/model.")]
    public ImmutableDictionary<string, ProviderOptions> Providers { get; init; } = ImmutableDictionary<string, ProviderOptions>.Empty;

    [Description("Model names of your own, and properties of models the backend does not tell.")]
    public ImmutableDictionary<string, ModelOptions> Models { get; init; } = ImmutableDictionary<string, ModelOptions>.Empty;

    [Description("Keys of the gateway's own, by name; with at least one, every client needs a key. Written by: codex-gateway keys add NAME.")]
    public ImmutableDictionary<string, KeyOptions> Keys { get; init; } = ImmutableDictionary<string, KeyOptions>.Empty;

    [Description("Models to load at start and to keep loaded, by the names clients use for them.")]
    public ImmutableArray<string> Warm { get; init; } = [];

    [Description("The provider that gets models nobody lists. Without it: the only one configured.")]
    public string? Default { get; init; }

    [Description("Look for backends at the well-known ports of this machine: true, false, or the dialects to look for. On unless --upstream is given.")]
    public DiscoverySetting? Discover { get; init; }

    [Description("Addresses to listen on: http://, https://, unix:/path. Those that other machines can reach need Keys, and Tls or PlainHttp. Default: " + DefaultUrl + ".")]
    public ImmutableArray<string> Urls { get; init; } = [];

    [Description("Silence after which a streaming client gets a sign of life, while a model loads or thinks. Default: 5s.")]
    public TimeSpan? KeepAlive { get; init; }

    [Description("How long open requests may take to finish when the gateway is told to stop. Default: 30s.")]
    public TimeSpan? DrainTime { get; init; }

    [Description("Certificate for https.")]
    public TlsOptions Tls { get; init; } = new();

    [Description("Serve other machines without TLS, for a proxy in front that has it.")]
    public bool PlainHttp { get; init; }

    [Description("Names under which the gateway may be called, beside localhost and addresses; also hosts whose web pages may call it. \"*\" allows all.")]
    public ImmutableArray<string> Hosts { get; init; } = [];

    [Description("Proxies, by address or network (10.0.0.0/8), that are believed what X-Forwarded-For and X-Forwarded-Proto say. Default: none.")]
    public ImmutableArray<string> TrustedProxies { get; init; } = [];

    [Description("Logging.")]
    public LogOptions Log { get; init; } = new();

    [Description("Keep the last 100 requests, with bodies and events but without keys, in memory for GET /admin/requests. Default: false.")]
    public bool Explain { get; init; }

    [Description("Largest request body taken, in bytes after decompression. Default: 67108864 (64 MiB).")]
    [Range(1024L, 2_000_000_000L)]
    public long MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;
}

public sealed record LogOptions
{
    [Description("Least severe entries that are written. Default: information.")]
    public LogEventLevel Level { get; init; } = LogEventLevel.Information;

    [Description("One JSON object a line instead of text.")]
    public bool Json { get; init; }

    [Description("Write to this file, too. Its folder must exist.")]
    public string? File { get; init; }

    [Description("Size at which the file is put aside and a new one begun, in bytes. Default: 52428800 (50 MiB).")]
    [Range(65536L, 10_000_000_000L)]
    public long FileMaxBytes { get; init; } = Logging.LogFile.DefaultMaxBytes;

    [Description("How many files are kept, the one being written among them. Default: 10.")]
    [Range(1, 1000)]
    public int FilesKept { get; init; } = Logging.LogFile.DefaultKept;
}

public sealed record ModelOptions
{
    [Description("The provider/model this name stands for. Without it the entry only describes a model of that name.")]
    public string? Target { get; init; }

    [Description("Tokens the model can truly take, prompt and answer together.")]
    [Range(256, 100_000_000)]
    public int? ContextWindow { get; init; }

    [Description("Most tokens one answer may have.")]
    [Range(1, 100_000_000)]
    public int? MaxOutputTokens { get; init; }

    [Description("Whether the model takes images.")]
    public bool? Images { get; init; }

    [Description("Shown in the client's list of models.")]
    public string? DisplayName { get; init; }

    [Description("Sent when the client names none.")]
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    [Description("Sent when the client names none.")]
    [Range(0.0, 1.0)]
    public double? TopP { get; init; }

    [Description("Sent when the client names none: none, minimal, low, medium, high or a word of the backend's own.")]
    public string? ReasoningEffort { get; init; }
}
