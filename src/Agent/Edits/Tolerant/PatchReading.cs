using System.Collections.Immutable;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>What reading a model's patch gave.</summary>
public abstract record PatchReading
{
    private PatchReading()
    {
    }

    /// <param name="Notes">What had to be put right, each in a few words; empty when the strict grammar took it.</param>
    public sealed record Read(Patch Patch, ImmutableArray<string> Notes) : PatchReading;

    /// <param name="Reason">For the model.</param>
    public sealed record Unreadable(string Reason) : PatchReading;
}
