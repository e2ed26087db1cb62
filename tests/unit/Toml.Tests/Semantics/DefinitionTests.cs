using Codex.Toml.Semantics;
using Codex.Toml.Text;

namespace Codex.Toml.Tests.Semantics;

public sealed class DefinitionTests
{
    private const string Text = "\uFEFFa.b = 1 # one\n[ h . \"i\" ] # two\nj = { k = 'x' }\n[[t]]\n[t.u]\n[[t]]\nv = [ 1 ]\n";

    [Theory]
    [InlineData("", DefinitionKind.Root, "")]
    [InlineData("a", DefinitionKind.Dotted, "a.b = 1:0")]
    [InlineData("a.b", DefinitionKind.Scalar, "a.b = 1:1")]
    [InlineData("h", DefinitionKind.ImplicitHeader, "[ h . \"i\" ]:0")]
    [InlineData("h.i", DefinitionKind.Header, "[ h . \"i\" ]:1")]
    [InlineData("h.i.j", DefinitionKind.Inline, "j = { k = 'x' }:0")]
    [InlineData("h.i.j.k", DefinitionKind.Scalar, "k = 'x':0")]
    [InlineData("t", DefinitionKind.ArrayOfTables, "[[t]]:0 [t.u]:0 [[t]]:0")]
    public void A_value_knows_how_and_where_it_is_defined(string path, DefinitionKind kind, string sites)
    {
        var document = TomlDocument.Parse(Text);
        var node = document.Find(path.Length == 0 ? TomlPath.Root : Toml.Tests.Editing.Edits.Path(path)).ShouldNotBeNull();

        node.Kind.ShouldBe(kind);
        string.Join(' ', node.Sites.Select(s => $"{document.TextOf(s.Statement.Span)}:{s.Segment}")).ShouldBe(sites);
    }

    [Fact]
    public void A_statement_knows_its_parts()
    {
        var document = TomlDocument.Parse(Text);
        var pair = document.Sections[0].Pairs.ShouldHaveSingleItem();
        var header = document.Sections[1].Header.ShouldNotBeNull();

        string Of(TextSpan span) => document.TextOf(span);
        (Of(pair.Key.Span), Of(pair.Equal), Of(pair.Value.Span), Of(pair.Comment!.Value), Of(pair.Lines)).ShouldBe(("a.b", "=", "1", "# one", "a.b = 1 # one\n"));
        (Of(header.Span), Of(header.Comment!.Value), header.IsArray).ShouldBe(("[ h . \"i\" ]", "# two", false));
        header.Key.Segments.Select(s => (s.Text, Of(s.Span))).ShouldBe([("h", "h"), ("i", "\"i\"")]);
        document.Sections.Skip(1).Select(s => s.Path.ToString()).ShouldBe(["h.i", "t[0]", "t[0].u", "t[1]"]);
        document.Lines.PositionAt(pair.Key.Span.Start).ToString().ShouldBe("1:2");
    }

    [Fact]
    public void A_key_named_by_quotes_is_the_same_key() =>
        TomlDocument.Parse("\"\\u0061\" . 'b' = 1").Find(TomlPath.Of("a", "b")).ShouldNotBeNull();

    [Theory]
    [InlineData("a", "a")]
    [InlineData(" a . \"b c\".'d' ", "a.\"b c\".d")]
    [InlineData("", null)]
    [InlineData("a.", null)]
    [InlineData("a b", null)]
    [InlineData("a = 1", null)]
    public void A_path_is_read_as_a_key(string text, string? path)
    {
        TomlPath.TryParse(text, out var parsed).ShouldBe(path is not null);
        parsed?.ToString().ShouldBe(path);
    }

    [Fact]
    public void Text_facts_are_told()
    {
        var document = TomlDocument.Parse("\uFEFFa = 1\r\nb = 2\r\nc = 3\n# d");

        (document.HasByteOrderMark, document.LineEnding, document.EndsWithNewline, document.Lines.Count).ShouldBe((true, LineEnding.CarriageReturnLineFeed, false, 4));
        TomlDocument.Parse("a\r\nb\n").LineEnding.ShouldBe(LineEnding.LineFeed);
    }
}
