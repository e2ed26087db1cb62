namespace Codex.Gateway.Dialects;

/// <summary>Cerebras' cloud. Its windows depend on the plan of the key, so there is no table.</summary>
internal static class Cerebras
{
    public static readonly Backend Backend = new()
    {
        Name = "cerebras",
        DisplayName = "Cerebras",
        HostNames = ["api.cerebras.ai"],
        // inference-docs.cerebras.ai, rate limits; in seconds.
        LimitResets = ["x-ratelimit-reset-requests-day", "x-ratelimit-reset-tokens-minute"],
    };
}
