using Codex.Gateway.Proxy;

namespace Codex.Gateway.Warmth;

/// <summary>How a warm-up ended.</summary>
internal abstract record WarmUpEnd
{
    private WarmUpEnd()
    {
    }

    public sealed record Loaded : WarmUpEnd
    {
        public static readonly Loaded Instance = new();
    }

    public sealed record Failed(Failure Failure) : WarmUpEnd;

    /// <summary>Nobody waits any more.</summary>
    public sealed record Abandoned : WarmUpEnd
    {
        public static readonly Abandoned Instance = new();
    }
}
