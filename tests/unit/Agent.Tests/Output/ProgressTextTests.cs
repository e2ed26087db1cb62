using System.Text.RegularExpressions;
using Codex.Agent.Events;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Output;

namespace Codex.Agent.Tests.Output;

public sealed class ProgressTextTests
{
    private static readonly AgentEvent[] Told =
    [
        new AgentEvent.ItemCompleted(new ThreadItem.Reasoning("0", "summary") { Raw = "word for word" }),
        new AgentEvent.ItemStarted(new ThreadItem.CommandExecution("1", "ls", "", null, ItemStatus.InProgress) { Directory = "/w" }),
        new AgentEvent.ItemCompleted(new ThreadItem.CommandExecution("1", "ls", "a\n", 3, ItemStatus.Failed) { Duration = TimeSpan.FromMilliseconds(12) }),
        new AgentEvent.ItemCompleted(new ThreadItem.FileChange("2", [new ChangedFile("/w/a", ChangeKind.Update)], ItemStatus.Completed) { Diff = "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n+y\n z\n" }),
        new AgentEvent.ItemStarted(new ThreadItem.TodoList("3", [new Todo("one", Completed: true), new Todo("two", Completed: false)])),
        new AgentEvent.ItemCompleted(new ThreadItem.Notice("4", "careful")),
        new AgentEvent.ItemCompleted(new ThreadItem.AgentMessage("5", "Done.")),
        new AgentEvent.TurnFailed("no"),
        new AgentEvent.TurnCompleted(new TokenUsage(10, 4, 5, 0)),
    ];

    private const string Plain =
        "summary\nexec\nls in /w\n exited 3 in 12ms:\na\n\nfile update\nM /w/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n+y\n z\n\nplan\n  [x] one\n  [ ] two\nwarning: careful\ncodex\nDone.\nERROR: no\ntokens used\n11\n";

    [Fact]
    public void Without_colours_there_is_nothing_but_text() => Write(isPlain: true).ShouldBe(Plain);

    [Fact]
    public void Colours_change_nothing_but_the_colour()
    {
        var text = Write(isPlain: false);

        Regex.Replace(text, "\e\\[[0-9;]*m", "", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(Plain);
        text.ShouldContain("\e[31m exited 3 in 12ms:\e[0m\n");
        text.ShouldContain("\e[31m-x\e[0m\n\e[32m+y\e[0m\n z\n");
        text.ShouldContain("\e[33mwarning:\e[0m careful\n");
        text.ShouldNotContain("\n\e[0m", Case.Sensitive, "no colour goes on over the end of a line");
    }

    [Fact]
    public void What_is_shown_of_the_models_thoughts_is_the_users_choice()
    {
        new ProgressText(new Style(IsPlain: true), r => r.Raw ?? r.Text).Of(Told[0]).ShouldBe("word for word\n");
        new ProgressText(new Style(IsPlain: true), _ => null).Of(Told[0]).ShouldBe("");
    }

    [Fact]
    public void Nothing_that_others_write_steers_the_terminal()
    {
        const string Evil = "a\e]52;c;ZXZpbA==\ab\e[2Jc\u009b31md\b\te";
        var arguments = System.Text.Json.JsonDocument.Parse("{}").RootElement;
        AgentEvent[] told =
        [
            new AgentEvent.ItemCompleted(new ThreadItem.Reasoning("0", Evil)),
            new AgentEvent.ItemStarted(new ThreadItem.CommandExecution("1", Evil, "", null, ItemStatus.InProgress) { Directory = Evil }),
            new AgentEvent.ItemCompleted(new ThreadItem.CommandExecution("1", Evil, Evil, 0, ItemStatus.Completed)),
            new AgentEvent.ItemCompleted(new ThreadItem.FileChange("2", [new ChangedFile(Evil, ChangeKind.Update)], ItemStatus.Completed) { Diff = Evil }),
            new AgentEvent.ItemStarted(new ThreadItem.McpToolCall("3", Evil, Evil, arguments, Result: null, Error: null, ItemStatus.InProgress)),
            new AgentEvent.ItemCompleted(new ThreadItem.McpToolCall("3", Evil, Evil, arguments, Result: null, Evil, ItemStatus.Failed)),
            new AgentEvent.ItemStarted(new ThreadItem.TodoList("4", [new Todo(Evil, Completed: true)])),
            new AgentEvent.ItemCompleted(new ThreadItem.Notice("5", Evil)),
            new AgentEvent.ItemCompleted(new ThreadItem.AgentMessage("6", Evil)),
            new AgentEvent.Trouble(Evil),
            new AgentEvent.TurnFailed(Evil),
        ];

        foreach (var e in told)
            new ProgressText(new Style(IsPlain: true), r => r.Text).Of(e).ShouldAllBe(c => c == '\n' || c == '\t' || !char.IsControl(c), e.ToString()!);
    }

    private static string Write(bool isPlain)
    {
        var text = new ProgressText(new Style(isPlain), r => r.Text);
        return string.Concat(Told.Select(text.Of));
    }
}
