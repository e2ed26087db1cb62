using System.Collections.Immutable;
using Codex.Agent.Events;

namespace Codex.Agent.Conversation;

/// <summary>
/// The conversation with one model: what every request begins with, and what was said since. Earlier items are never
/// touched except by <see cref="Replace"/>, so that the server's cache of the prefix holds.
/// </summary>
public sealed class AgentConversation(ImmutableArray<HistoryItem> prefix, int toolTokens)
{
    private readonly List<HistoryItem> _items = [];
    private int _countedItems;
    private long? _countedTokens;

    public ImmutableArray<HistoryItem> Prefix { get; } = prefix;

    public IReadOnlyList<HistoryItem> Items => _items;

    public TokenUsage Total { get; private set; } = TokenUsage.None;

    /// <summary>Instructions and tools: an estimate until the server has counted a request that held little else.</summary>
    public int PrefixTokens { get; private set; } = toolTokens + prefix.Sum(TokenEstimate.Of);

    /// <summary>What the next request will hold: the server's last count, and an estimate of what came since.</summary>
    public int ContextTokens => _countedTokens is { } counted
        ? (int)counted + _items.Skip(_countedItems).Sum(TokenEstimate.Of)
        : PrefixTokens + _items.Sum(TokenEstimate.Of);

    public void Add(HistoryItem item) => _items.Add(item);

    /// <summary>Takes the server's count of a request that held all items up to now.</summary>
    public void Count(TokenUsage usage)
    {
        if (_countedTokens is null)
            MeasurePrefix(usage);
        Total += usage;
        _countedTokens = usage.Total;
        _countedItems = _items.Count;
    }

    private void MeasurePrefix(TokenUsage usage)
    {
        var rest = _items.Sum(TokenEstimate.Of);
        if (rest < PrefixTokens && usage.Total > rest)
            PrefixTokens = (int)usage.Total - rest;
    }

    /// <summary>Adds to the total what was asked beside the conversation, such as a summary.</summary>
    public void Spend(TokenUsage usage) => Total += usage;

    /// <summary>Continues the count of a thread that was resumed.</summary>
    public void ContinueFrom(TokenUsage total) => Total = total;

    /// <summary>Puts other items in place of all of them, after compaction or pruning.</summary>
    public void Replace(IEnumerable<HistoryItem> items)
    {
        var now = items.ToList();
        _items.Clear();
        _items.AddRange(now);
        _countedTokens = null;
        _countedItems = 0;
    }
}
