using System.Collections.Immutable;

namespace Codex.Agent.Edits.Tolerant;

public abstract record ReplaceOutcome
{
    private ReplaceOutcome()
    {
    }

    /// <param name="Lines">Numbers of the lines where old text was found.</param>
    /// <param name="Notes">What was put right; empty when the old text was there exactly.</param>
    public sealed record Replaced(string Text, ImmutableArray<int> Lines, ImmutableArray<string> Notes) : ReplaceOutcome;

    /// <param name="Reason">For the model, with the nearest lines.</param>
    public sealed record Failed(string Reason) : ReplaceOutcome;
}
