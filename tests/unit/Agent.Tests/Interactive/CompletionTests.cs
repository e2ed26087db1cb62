using Codex.Agent.Interactive.Completing;
using Codex.Agent.Interactive.Editing;

namespace Codex.Agent.Tests.Interactive;

/// <summary>The cursor is written as <c>|</c>.</summary>
public sealed class CompletionTests
{
    private static readonly CompletionWords Words = new(
        [new Suggestion("/model ", "/model [NAME]"), new Suggestion("/mcp", "/mcp"), new Suggestion("/quit", "/quit")],
        ["tidy", "test"],
        ["README.md", "src/Main.cs", "src/deep/Main.Tests.cs", "docs/main page.md", "x/src/a"]);

    [Theory]
    [InlineData("/mo|", "/model |")]
    [InlineData("/q|", "/quit|")]
    [InlineData("say /mo|", null)]
    [InlineData("/quit|", null)]
    [InlineData("$te|", "$test |")]
    [InlineData("costs $|", null)]
    [InlineData("look at @read|", "look at README.md |")]
    [InlineData("look at @read| now", "look at README.md | now")]
    [InlineData("@main|", "src/Main.cs |")]
    [InlineData("@main p|", null)]
    [InlineData("@page|", "\"docs/main page.md\" |")]
    [InlineData("@smtcs|", "src/deep/Main.Tests.cs |")]
    [InlineData("@nothing|", null)]
    [InlineData("mail me@read|", null)]
    [InlineData("|", null)]
    public void Tab_puts_the_best_there(string before, string? after)
    {
        var at = before.IndexOf('|', StringComparison.Ordinal);
        var message = LineBuffer.Empty.With(before.Remove(at, 1)) with { Cursor = at };

        var completed = new Completer().Next(message, Words);

        (completed is null ? null : completed.Text.Insert(completed.Cursor, "|")).ShouldBe(after);
    }

    [Fact]
    public void Tab_again_puts_the_next_one_there_and_comes_round()
    {
        var completer = new Completer();
        var message = LineBuffer.Empty.With("a @main");
        var seen = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            message = completer.Next(message, Words)!;
            seen.Add(message.Text);
        }

        seen.ShouldBe(["a src/Main.cs ", "a \"docs/main page.md\" ", "a src/deep/Main.Tests.cs ", "a src/Main.cs "]);
    }

    [Fact]
    public void Whoever_types_on_completes_the_next_word()
    {
        var completer = new Completer();
        var message = completer.Next(LineBuffer.Empty.With("@main"), Words)!.Insert("$ti");

        completer.Next(message, Words)!.Text.ShouldBe("src/Main.cs $tidy ");
    }

    [Fact]
    public void Files_that_are_not_listed_yet_fit_nothing() =>
        Completions.At("@main", 5, Words with { Files = null }).ShouldBeNull();
}
