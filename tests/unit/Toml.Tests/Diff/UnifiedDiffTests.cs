using Codex.Toml.Tests.Editing;

namespace Codex.Toml.Tests.Diff;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Changed_lines_stand_among_their_neighbours()
    {
        const string Text = "# one\n# two\n# three\n# four\nmodel = \"a\" # c\nx = 1\n";

        Edits.Plan(Text, Edits.Set("model", "b"), Edits.Set("new", "c", "model")).UnifiedDiff().ToText("config.toml", "config.toml (proposed)").ShouldBe("""
            --- config.toml
            +++ config.toml (proposed)
            @@ -2,5 +2,6 @@
             # two
             # three
             # four
            -model = "a" # c
            +model = "b" # c
            +new = "c"
             x = 1

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Changes_far_apart_have_hunks_of_their_own()
    {
        var text = string.Concat(Enumerable.Range(1, 20).Select(i => $"k{i} = {i}\n"));
        var diff = Edits.Plan(text, Edits.Remove("k2"), Edits.Set("k10", "x"), Edits.Set("new", "y")).UnifiedDiff(context: 1).ToText("a", "b");

        diff.ShouldBe("""
            --- a
            +++ b
            @@ -1,3 +1,2 @@
             k1 = 1
            -k2 = 2
             k3 = 3
            @@ -9,3 +8,3 @@
             k9 = 9
            -k10 = 10
            +k10 = "x"
             k11 = 11
            @@ -20 +19,2 @@
             k20 = 20
            +new = "y"

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("a = 1", "@@ -1 +1,2 @@\n-a = 1\n\\ No newline at end of file\n+a = 1\n+new = \"y\"\n\\ No newline at end of file\n")]
    [InlineData("", "@@ -0,0 +1 @@\n+new = \"y\"\n")]
    [InlineData("a = 1\r\n", "@@ -1 +1,2 @@\n a = 1\r\n+new = \"y\"\r\n")]
    public void Ends_of_lines_and_of_the_text_are_kept(string text, string hunk) =>
        Edits.Plan(text, Edits.Set("new", "y")).UnifiedDiff().ToText("a", "b").ShouldBe($"--- a\n+++ b\n{hunk}");

    [Fact]
    public void No_change_is_no_diff() => Edits.Plan("a = 1\n").UnifiedDiff().ToText("a", "b").ShouldBeEmpty();
}
