namespace Codex.Gateway.Dialects;

/// <summary>Groq's cloud; its list says <c>context_window</c> and <c>max_completion_tokens</c>.</summary>
internal static class Groq
{
    public static readonly Backend Backend = new()
    {
        Name = "groq",
        DisplayName = "Groq",
        HostNames = ["api.groq.com"],
        // console.groq.com/docs/rate-limits.
        LimitResets = ["x-ratelimit-reset-requests", "x-ratelimit-reset-tokens"],
    };
}
