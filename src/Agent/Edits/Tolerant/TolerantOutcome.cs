using System.Collections.Immutable;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>What became of the chunks of one update.</summary>
internal abstract record TolerantOutcome
{
    private TolerantOutcome()
    {
    }

    /// <param name="Notes">Every step that was more than the strict engine does.</param>
    public sealed record Applied(SourceText Text, ImmutableArray<string> Notes) : TolerantOutcome;

    /// <param name="Reason">For the model, with the nearest lines; the file's name is put before.</param>
    public sealed record Failed(Func<string, string> Reason) : TolerantOutcome;
}
