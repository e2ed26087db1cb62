using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Tools;

namespace Codex.Agent.Tests.Conversation;

/// <summary>What leaves a conversation when room is needed, and how its size is counted.</summary>
public sealed class RoomTests
{
    /// <summary>Outputs of so many tokens each, oldest first; how many of the newest stay.</summary>
    [Theory]
    [InlineData(new[] { 500, 500, 500, 500 }, 1100, 400, new[] { false, false, true, true })]
    [InlineData(new[] { 500, 500, 500, 500 }, 2200, 400, new[] { true, true, true, true })]
    [InlineData(new[] { 500, 500 }, 600, 600, new[] { true, true })]
    [InlineData(new[] { 500, 20, 500, 500 }, 600, 400, new[] { false, true, false, true })]
    [InlineData(new[] { 3000 }, 600, 400, new[] { false })]
    public void Old_outputs_go_first_short_ones_and_the_newest_stay(int[] outputs, int keep, int least, bool[] stays)
    {
        var items = outputs.SelectMany(Call).Prepend(HistoryItem.NewMessage("user", "do it")).ToList();

        var pruned = OutputPruning.Prune(items, keep, least) ?? items;

        pruned.OfType<HistoryItem.Output>().Select((o, i) => o.Json.Span.SequenceEqual(items.OfType<HistoryItem.Output>().ElementAt(i).Json.Span)).ShouldBe(stays);
        pruned.Count.ShouldBe(items.Count, "a call keeps its output");
        pruned.OfType<HistoryItem.Output>().Select(o => o.CallId).ShouldBe(items.OfType<HistoryItem.Output>().Select(o => o.CallId));
    }

    [Fact]
    public void Results_that_went_back_as_text_are_dropped_like_others()
    {
        HistoryItem[] items = [HistoryItem.NewMessage("user", "do it"), HistoryItem.NewMessage("assistant", "call"), TextOutput.Of(new string('x', 4000)), HistoryItem.NewMessage("assistant", "call"), TextOutput.Of(new string('y', 4000))];

        var pruned = OutputPruning.Prune(items, keepTokens: 1300, least: 500).ShouldNotBeNull();

        ((HistoryItem.Message)pruned[2]).Text.ShouldContain("output dropped");
        pruned[4].ShouldBe(items[4]);
        Compaction.Apply(items, "Goal: x", 8192).OfType<HistoryItem.Message>().Select(m => m.Text).ShouldBe(["do it", Compaction.Mark + "\nGoal: x"]);
        Compaction.WithoutOldest(items).ShouldBe([items[0], items[3], items[4]]);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(8192)]
    public void After_a_summary_the_users_words_take_a_quarter_of_a_small_window_at_most(int window)
    {
        var items = Enumerable.Range(0, 40).Select(i => HistoryItem.NewMessage("user", $"{i} " + new string('w', 700))).ToList<HistoryItem>();

        var now = Compaction.Apply(items, "Goal: x", window);

        now.Take(now.Count - 1).Sum(TokenEstimate.Of).ShouldBeLessThanOrEqualTo(window / 4 + 50);
        now.OfType<HistoryItem.Message>().SkipLast(1).Last().Text.ShouldStartWith("39 ");
    }

    [Fact]
    public void An_empty_summary_says_so() =>
        Compaction.Apply([HistoryItem.NewMessage("user", "do it")], " ", 8192).OfType<HistoryItem.Message>().Last().Text.ShouldEndWith("(no summary available)");

    [Fact]
    public void The_server_counts_and_what_came_since_is_estimated_on_top()
    {
        var conversation = new AgentConversation([HistoryItem.NewMessage("developer", new string('p', 3500))], toolTokens: 200);
        var prefix = conversation.PrefixTokens;
        prefix.ShouldBeInRange(1200, 1250);
        conversation.ContextTokens.ShouldBe(prefix);

        conversation.Add(HistoryItem.NewMessage("user", "do it"));
        conversation.Count(new TokenUsage(900, 0, 30, 0));
        conversation.ContextTokens.ShouldBe(930, "not the estimate");
        conversation.PrefixTokens.ShouldBe(930 - TokenEstimate.Of(conversation.Items[0]), "the first count measures the prefix");

        var output = ToolOutputItem.Create(new ToolCall("c", "shell"), ToolResult.Text(new string('x', 350)));
        conversation.Add(output);
        conversation.ContextTokens.ShouldBe(930 + TokenEstimate.Of(output));

        conversation.Replace([HistoryItem.NewMessage("user", "short")]);
        conversation.ContextTokens.ShouldBe(conversation.PrefixTokens + TokenEstimate.Of(conversation.Items[0]), "a count of what is gone does not hold");
    }

    private static IEnumerable<HistoryItem> Call(int tokens, int number)
    {
        yield return FunctionCallItem.Create($"c{number}", "shell", "{}");
        yield return ToolOutputItem.Create(new ToolCall($"c{number}", "shell"), ToolResult.Text(new string('x', TokenEstimate.BytesOf(tokens) - 70)));
    }
}
