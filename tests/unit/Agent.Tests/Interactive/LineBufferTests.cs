using Codex.Agent.Interactive.Editing;
using Codex.Agent.Interactive.Input;

namespace Codex.Agent.Tests.Interactive;

/// <summary>The cursor is written as <c>|</c>.</summary>
public sealed class LineBufferTests
{
    [Theory]
    [InlineData("ab|", KeyName.Left, "a|b")]
    [InlineData("|ab", KeyName.Left, "|ab")]
    [InlineData("a|b", KeyName.Right, "ab|")]
    [InlineData("a\U0001F468\u200D\U0001F469|b", KeyName.Left, "a|\U0001F468\u200D\U0001F469b")]
    [InlineData("a\U0001F600|b", KeyName.Backspace, "a|b")]
    [InlineData("|e\u0301b", KeyName.Delete, "|b")]
    [InlineData("one\ntwo| x", KeyName.Home, "one\n|two x")]
    [InlineData("o|ne\ntwo", KeyName.End, "one|\ntwo")]
    [InlineData("one two|", KeyName.WordLeft, "one |two")]
    [InlineData("one, |two", KeyName.WordLeft, "|one, two")]
    [InlineData("|one two", KeyName.WordRight, "one| two")]
    [InlineData("one| two\nx", KeyName.KillToEnd, "one|\nx")]
    [InlineData("one|\nx", KeyName.KillToEnd, "one|x")]
    [InlineData("y\none| two", KeyName.KillToStart, "y\n| two")]
    [InlineData("cat a/b-c |", KeyName.KillWord, "cat |")]
    [InlineData("a |b-c d", KeyName.KillWordRight, "a |-c d")]
    [InlineData("one\ntw|o", KeyName.Up, "on|e\ntwo")]
    [InlineData("a\none|", KeyName.Up, "a|\none")]
    [InlineData("漢字|x\nabcdef", KeyName.Down, "漢字x\nabcd|ef")]
    [InlineData("a|b", KeyName.NewLine, "a\n|b")]
    [InlineData("\n|", KeyName.Backspace, "|")]
    public void A_key_edits_as_everywhere(string before, KeyName key, string after)
    {
        var composer = With(before);
        composer.Apply(new Key.Pressed(key)).ShouldBeTrue();
        Shown(composer.Buffer).ShouldBe(after);
    }

    [Fact]
    public void What_was_cut_comes_back()
    {
        var buffer = LineBuffer.Empty.With("one two").KillWord();
        Shown(buffer.Home().Yank()).ShouldBe("two|one ");
    }

    [Fact]
    public void History_goes_back_and_comes_forward_to_the_draft()
    {
        var composer = new Composer(["first", "second"]);
        composer.Replace("draft");
        string Press(KeyName name)
        {
            composer.Apply(new Key.Pressed(name));
            return composer.Buffer.Text;
        }

        Press(KeyName.Up).ShouldBe("second");
        Press(KeyName.Up).ShouldBe("first");
        Press(KeyName.Up).ShouldBe("first");
        Press(KeyName.Down).ShouldBe("second");
        Press(KeyName.Down).ShouldBe("draft");
        Press(KeyName.Down).ShouldBe("draft");
    }

    [Fact]
    public void Search_finds_older_entries_with_the_text_typed()
    {
        var composer = new Composer(["git status", "ls", "git log", "cat"]);
        composer.Replace("GIT");
        composer.Apply(new Key.Pressed(KeyName.Search));
        composer.Buffer.Text.ShouldBe("git log");
        composer.Apply(new Key.Pressed(KeyName.Search));
        composer.Buffer.Text.ShouldBe("git status");
        composer.Apply(new Key.Pressed(KeyName.Search));
        composer.Buffer.Text.ShouldBe("git status");
    }

    [Fact]
    public void What_was_sent_is_the_newest_entry_once()
    {
        var composer = new Composer([]);
        foreach (var text in (string[])["same", "same", " "])
        {
            composer.Replace(text);
            composer.Take().ShouldBe(text);
        }

        composer.Apply(new Key.Pressed(KeyName.Up));
        composer.Buffer.Text.ShouldBe("same");
        composer.Apply(new Key.Pressed(KeyName.Up));
        composer.Buffer.Text.ShouldBe("same");
    }

    private static Composer With(string marked)
    {
        var composer = new Composer([]);
        var at = marked.IndexOf('|', StringComparison.Ordinal);
        composer.Replace(marked.Remove(at, 1));
        while (composer.Buffer.Cursor > at)
            composer.Apply(new Key.Pressed(KeyName.Left));
        return composer;
    }

    private static string Shown(LineBuffer buffer) => buffer.Text.Insert(buffer.Cursor, "|");
}
