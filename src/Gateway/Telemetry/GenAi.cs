using Codex.Gateway.Proxy;

namespace Codex.Gateway.Telemetry;

/// <summary>
/// Names from OpenTelemetry's semantic conventions for generative AI (status: development), and the fixed words that
/// go with them. Names of our own begin with <c>codex_gateway.</c>
/// </summary>
internal static class GenAi
{
    public const string OperationName = "gen_ai.operation.name";

    /// <summary>The provider's name in the gateway's configuration: two hosts that speak alike are told apart.</summary>
    public const string ProviderName = "gen_ai.provider.name";

    public const string RequestModel = "gen_ai.request.model";
    public const string ResponseModel = "gen_ai.response.model";
    public const string TokenType = "gen_ai.token.type";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string ConversationId = "gen_ai.conversation.id";
    public const string TimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string ErrorType = "error.type";
    public const string Status = "http.response.status_code";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";

    /// <summary>Bucket bounds that the conventions ask for.</summary>
    public static readonly double[] TokenBuckets =
        [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    /// <summary>Those of the conventions, and two more for coding agents, whose turns take minutes.</summary>
    public static readonly double[] DurationBuckets =
        [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 655.36];

    /// <summary>Those of the conventions, and four more for local models that first have to be loaded.</summary>
    public static readonly double[] FirstTokenBuckets =
        [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 300];

    public static readonly double[] TokenTimeBuckets =
        [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5];

    /// <summary>Finer at both ends: fast hosts stream below a millisecond, and a pause of seconds is what a person notices.</summary>
    public static readonly double[] ChunkTimeBuckets =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5, 10, 60];

    public static string OperationOf(ProxyEndpoint endpoint) => endpoint.UpstreamPath switch
    {
        "/completions" => "text_completion",
        "/embeddings" => "embeddings",
        _ => "chat",
    };
}
