using Codex.Gateway.Proxy;

namespace Codex.Gateway.Warmth;

/// <summary>What one call of a warm-up found.</summary>
internal abstract record WarmUpTry
{
    private WarmUpTry()
    {
    }

    /// <summary>The model said something.</summary>
    public sealed record Answered : WarmUpTry
    {
        public static readonly Answered Instance = new();
    }

    /// <param name="Sign">The backend's words, in a sentence.</param>
    /// <param name="RetryAfter">How long it asks to wait.</param>
    public sealed record Cold(string Sign, TimeSpan? RetryAfter) : WarmUpTry;

    public sealed record Failed(Failure Failure) : WarmUpTry;
}
