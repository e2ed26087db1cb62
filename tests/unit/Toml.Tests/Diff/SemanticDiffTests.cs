using Codex.Toml.Diff;

namespace Codex.Toml.Tests.Diff;

public sealed class SemanticDiffTests
{
    [Theory]
    [InlineData("a = 1 # c\n[t]\nb = 'x'\n", "t = { b = \"x\" }\na = 0x1\n", "")]
    [InlineData("a = 1\n", "a = 2\n", "~ a = 1 -> 2")]
    [InlineData("a = 1\n", "a = 1.0\n", "~ a = 1 -> 1.0")]
    [InlineData("a = 1\nb = 2\n", "b = 2\nc = 3\n", "- a = 1|+ c = 3")]
    [InlineData("[t]\na = 1\n", "[t]\na = 1\n[t.u]\nb = 1\n", "+ t.u = { b = 1 }")]
    [InlineData("t.\"x y\".a = 1\n", "t.\"x y\".a = 2\n", "~ t.\"x y\".a = 1 -> 2")]
    [InlineData("[[t]]\na = 1\n[[t]]\na = 2\n", "t = [{ a = 1 }, { a = 3 }]\n", "~ t[1].a = 2 -> 3")]
    [InlineData("t = [{ a = 1 }]\n", "t = [{ a = 1 }, {}]\n", "~ t = [{ a = 1 }] -> [{ a = 1 }, {}]")]
    [InlineData("t = [1, 2]\n", "t = [1, 3]\n", "~ t = [1, 2] -> [1, 3]")]
    [InlineData("t = 1\n", "[t]\n", "~ t = 1 -> {}")]
    public void Two_texts_differ_in_what_they_mean(string before, string after, string difference) =>
        string.Join('|', SemanticDiff.Compare(TomlDocument.Parse(before), TomlDocument.Parse(after))).ShouldBe(difference);
}
