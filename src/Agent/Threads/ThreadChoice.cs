namespace Codex.Agent.Threads;

/// <summary>Which thread is to be opened.</summary>
internal abstract record ThreadChoice
{
    private ThreadChoice()
    {
    }

    public sealed record New : ThreadChoice;

    /// <param name="Id">Or its beginning; null: the newest.</param>
    /// <param name="OfAllDirectories">The newest of all, not only of this directory.</param>
    /// <param name="IsFork">Its history goes into a thread of its own.</param>
    public sealed record Stored(string? Id, bool OfAllDirectories, bool IsFork) : ThreadChoice;
}
