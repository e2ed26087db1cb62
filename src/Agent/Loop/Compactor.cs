using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Models;
using Codex.Agent.Prompts;
using Codex.Agent.Sessions;

namespace Codex.Agent.Loop;

/// <summary>Keeps the conversation inside the window: drops old outputs first, then has the model sum up, then drops old turns.</summary>
internal sealed class Compactor(
    AgentConversation conversation, ModelProfile model, RequestBody requests, Sampler quiet, ISessionRecorder recorder, string? prompt)
{
    private const int MostSummaryTokens = 2048;

    /// <summary>Makes room when there is little left; true when turns were summarised or dropped.</summary>
    public async Task<bool> KeepRoomAsync(CancellationToken cancellation)
    {
        if (conversation.ContextTokens >= model.PruneAt)
            Prune();
        return conversation.ContextTokens >= model.CompactAt && await CompactAsync(cancellation);
    }

    /// <summary>After the server said that the context is too long, whatever we counted.</summary>
    public async Task<bool> MakeRoomAsync(CancellationToken cancellation)
    {
        Prune();
        return await CompactAsync(cancellation);
    }

    /// <summary>False when there is nothing that could be left out.</summary>
    public async Task<bool> CompactAsync(CancellationToken cancellation)
    {
        var before = conversation.Items.ToList();
        if (before.Count == 0)
            return false;
        var summary = await SummariseAsync(before, cancellation);
        IReadOnlyList<HistoryItem>? now = summary is null ? Compaction.WithoutOldest(before) : Compaction.Apply(before, summary, model.Window);
        if (now is null || now.Count >= before.Count && summary is null)
            return false;
        conversation.Replace(now);
        recorder.Compacted(summary ?? "", now);
        return true;
    }

    private void Prune()
    {
        if (OutputPruning.Prune(conversation.Items, model.Window / 4, model.Window / 10) is not { } pruned)
            return;
        conversation.Replace(pruned);
        recorder.Compacted("", pruned);
    }

    /// <summary>Null when the model gave none, even of a shorter conversation.</summary>
    private async Task<string?> SummariseAsync(IReadOnlyList<HistoryItem> items, CancellationToken cancellation)
    {
        var limit = Math.Min(MostSummaryTokens, model.Window / 5);
        for (var failures = 0; failures < 2;)
        {
            var asked = conversation.Prefix.Concat(items).Append(HistoryItem.NewMessage("user", prompt ?? PromptText.Compact));
            switch (await quiet.AskAsync(requests.WriteSummaryRequest(asked, limit), cancellation))
            {
                case Sample.Answer { Items: var answer, Usage: var usage } when answer.OfType<HistoryItem.Message>().LastOrDefault() is { Text: { Length: > 0 } text }:
                    conversation.Spend(usage ?? TokenUsage.None);
                    return text;
                case Sample.ContextTooLong when Compaction.WithoutOldest(items) is { } shorter:
                    items = shorter;
                    break;
                default:
                    failures++;
                    break;
            }
        }

        return null;
    }
}
