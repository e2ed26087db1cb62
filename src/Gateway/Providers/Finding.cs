using Codex.Gateway.Dialects;

namespace Codex.Gateway.Providers;

/// <summary>What was found at a place.</summary>
public abstract record Finding
{
    private Finding(Uri place)
    {
        Place = place;
    }

    public Uri Place { get; }

    public sealed record Found(Uri At, Backend Backend) : Finding(At);

    /// <summary>Nothing listens, or it is none of ours.</summary>
    public sealed record Nothing(Uri At) : Finding(At);

    /// <summary>Something listens but does not answer in time: a backend at work, perhaps.</summary>
    public sealed record Unclear(Uri At) : Finding(At);
}
