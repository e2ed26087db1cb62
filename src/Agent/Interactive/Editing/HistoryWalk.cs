using System.Collections.Immutable;

namespace Codex.Agent.Interactive.Editing;

/// <summary>A walk through what was typed before, with the way back to what was being typed.</summary>
/// <param name="Entries">Oldest first.</param>
/// <param name="At">Index of the entry shown; the number of entries when none is.</param>
/// <param name="Draft">What stood there before the walk began.</param>
/// <param name="Query">What Ctrl-R looks for; null outside of a search.</param>
public sealed record HistoryWalk(ImmutableArray<string> Entries, int At, string Draft, string? Query)
{
    public static HistoryWalk Of(ImmutableArray<string> entries) => new(entries, entries.Length, "", Query: null);

    /// <summary>A new last entry, unless it repeats the last; the walk begins anew.</summary>
    public HistoryWalk Add(string text) => Of(Entries is [.., var last] && last == text ? Entries : Entries.Add(text));

    /// <summary>The entry before, and its text; null at the oldest.</summary>
    public (HistoryWalk Walk, string Text)? Older(string current) => At == 0 ? null : To(At - 1, current);

    /// <summary>The entry after, in the end the draft; null where that is shown already.</summary>
    public (HistoryWalk Walk, string Text)? Newer(string current) => At >= Entries.Length ? null : To(At + 1, current);

    /// <summary>The next older entry that contains what stood there when the search began; null when there is none.</summary>
    public (HistoryWalk Walk, string Text)? Search(string current)
    {
        var query = Query ?? current;
        for (var at = At - 1; at >= 0; at--)
        {
            if (Entries[at].Contains(query, StringComparison.OrdinalIgnoreCase) && Entries[at] != current)
                return (To(at, current).Walk with { Query = query }, Entries[at]);
        }

        return null;
    }

    /// <summary>Forgets the walk: what is shown was changed, and is a draft of its own.</summary>
    public HistoryWalk Leave() => Of(Entries);

    private (HistoryWalk Walk, string Text) To(int at, string current)
    {
        var draft = At == Entries.Length ? current : Draft;
        return (this with { At = at, Draft = draft, Query = null }, at == Entries.Length ? draft : Entries[at]);
    }
}
