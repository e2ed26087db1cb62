using Codex.Toml.Diagnostics;

namespace Codex.Toml.Tests.Syntax;

/// <summary>Texts made to hurt. They end with a fault or a value; a stack that overflows or a step that looks back would not let these tests end.</summary>
public sealed class LimitTests
{
    private const int Much = 4 * 1024 * 1024;

    [Theory]
    [InlineData("a = ", "[", "]", 255)]
    [InlineData("a = ", "{ b = ", " }", 254)]
    public void Values_nest_up_to_the_limit(string start, string open, string close, int most)
    {
        string Nested(int levels) => start + string.Concat(Enumerable.Repeat(open, levels)) + (open == "[" ? "" : "1") + string.Concat(Enumerable.Repeat(close, levels));

        var document = TomlDocument.Parse(Nested(most));
        document.Diagnostics.ShouldBeEmpty();
        document.ToValue().ShouldBe(document.ToValue());
        TomlDocument.Parse(Nested(most + 3)).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe(DiagnosticCode.TooDeep);
    }

    [Theory]
    [InlineData("{0} = 1", 256)]
    [InlineData("[{0}]", 256)]
    [InlineData("[[{0}]]", 255)]
    public void Keys_nest_up_to_the_limit(string format, int most)
    {
        string Keyed(int levels) => string.Format(null, format, string.Join('.', Enumerable.Repeat("k", levels)));

        TomlDocument.Parse(Keyed(most)).Diagnostics.ShouldBeEmpty();
        TomlDocument.Parse(Keyed(most + 1)).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe(DiagnosticCode.TooDeep);
    }

    [Theory]
    [InlineData("[", 1, "a = ")]
    [InlineData("{a=", 1, "a = ")]
    [InlineData("a.", 1, "")]
    [InlineData("[[", 1, "")]
    [InlineData("\"\"\"\\\"\"\"\n", 1, "")]
    [InlineData("a = \"\"\"\n", 1, "")]
    [InlineData("x = \\\"\"\"\n", 1, "a = \"\"\"\n")]
    [InlineData("x = [\n", 1, "")]
    [InlineData("\"", 1, "a = ")]
    [InlineData("\\", 1, "a = \"")]
    [InlineData("1.", 1, "a = ")]
    [InlineData("1_", 1, "a = ")]
    [InlineData(" ", 1, "a = ")]
    [InlineData("\r", 1, "")]
    public void Hostile_repetition_ends(string piece, int faults, string start)
    {
        var text = start + string.Concat(Enumerable.Repeat(piece, (Much - start.Length) / piece.Length));

        TomlDocument.Parse(text).Diagnostics.Count.ShouldBe(faults);
        TomlDocument.Parse(text, new() { Tolerant = true }).Diagnostics.Count.ShouldBeInRange(1, 50);
    }

    [Fact]
    public void Long_and_many_things_are_read()
    {
        TomlDocument.Parse($"a = \"{new string('x', Much - 10)}\"").Diagnostics.ShouldBeEmpty();
        TomlDocument.Parse($"a = {new string('1', 5000)}.5").Diagnostics.ShouldBeEmpty();
        TomlDocument.Parse(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"[t.k{i}]\na.b = {i}\n"))).Diagnostics.ShouldBeEmpty();
        TomlDocument.Parse(string.Concat(Enumerable.Repeat("[[t]]\n", 300_000))).Diagnostics.ShouldBeEmpty();
        TomlDocument.Parse($"a = [{string.Concat(Enumerable.Repeat("1,", 1_000_000))}]").Diagnostics.ShouldBeEmpty();
    }
}
