namespace Codex.Agent.CommandLine;

/// <summary>Which thread a turn belongs to.</summary>
internal abstract record ExecTarget
{
    private ExecTarget()
    {
    }

    public sealed record New : ExecTarget;

    /// <param name="Id">Null: the newest.</param>
    /// <param name="OfAllDirectories">The newest of all, not only of this directory.</param>
    public sealed record Stored(string? Id, bool OfAllDirectories, bool IsFork) : ExecTarget;
}
