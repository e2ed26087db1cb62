using Codex.Toml.Editing;
using Codex.Toml.Semantics;
using Codex.Toml.Tests.Corpus;

namespace Codex.Toml.Tests.Editing;

/// <summary>A table that moves into a text of its own takes everything of its own along and leaves everything else.</summary>
public sealed class TableExtractionTests
{
    [Theory]
    [InlineData("[p.x]\nmodel = \"m\" # c\n", "model = \"m\" # c\n", "")]
    [InlineData("a = 1\n\n# about x\n[p.x] # behind\nmodel = 'm'\n\n[tui]\n", "# about x\n# behind\nmodel = 'm'\n", "a = 1\n\n[tui]\n")]
    [InlineData("# banner\n[p.x]\nmodel = 'm'\n", "model = 'm'\n", "# banner\n")]
    [InlineData("[p.x.tools]\nweb = true\n# about x\n[p.x]\nmodel = 'm'\n", "# about x\nmodel = 'm'\ntools\n", "")]
    [InlineData("p.x.model = 'm' # c\np.x.tools.web = true\nz = 1\n", "model = 'm' # c\ntools.web = true\n", "z = 1\n")]
    [InlineData("[p]\nx.model = 'm'\ny.model = 'n'\n", "model = 'm'\n", "[p]\ny.model = 'n'\n")]
    [InlineData("[p]\nx = { model = 'm', tools.web = true } # c\n", "model = 'm'\ntools.web = true\n", "[p]\n")]
    [InlineData("p = { x = {\n  # above\n  model = 'm', # behind\n  effort = 'e',\n  # last\n}, y = { a = 1 } }\n", "# above\nmodel = 'm' # behind\neffort = 'e'\n# last\n", "p = { y = { a = 1 } }\n")]
    [InlineData("p = { x.model = 'm', x.effort = 'e' }\n", "model = 'm'\neffort = 'e'\n", "p = {}\n")]
    [InlineData("[ p . \"x\" ]\r\n\"model\" = 'm'\r\n[[p.x.list]]\r\na = 1\r\n[[p.x.list]]\r\na = 2\r\n[q]\r\n", "\"model\" = 'm'\r\n[[list]]\r\na = 1\r\n[[list]]\r\na = 2\r\n", "[q]\r\n")]
    [InlineData("z = 1\n[p.x]\nmodel = 'm'", "model = 'm'\n", "z = 1")]
    public void Keys_comments_and_spelling_move(string text, string moved, string left)
    {
        var document = TomlDocument.Parse(text);
        var path = TomlPath.Of("p", "x");

        var extracted = TableExtraction.Of(document, path).ShouldNotBeNull();

        Text(extracted).ShouldBe(moved.Replace("tools\n", "[tools]\nweb = true\n", StringComparison.Ordinal));
        var planning = TomlEditor.Plan(document, new TomlEdit.RemoveTable(path) { WithCommentsAbove = true }).ShouldBeOfType<EditPlanning.Ready>();
        Text(planning.Plan.Apply().ShouldBeOfType<EditResult.Applied>().Document).ShouldBe(left);
    }

    [Theory]
    [InlineData("a = 1\n", "a")]
    [InlineData("a = 1\n", "b")]
    [InlineData("a = \n", "a")]
    public void What_is_no_table_is_not_moved(string text, string key) => TableExtraction.Of(TomlDocument.Parse(text), TomlPath.Of(key)).ShouldBeNull();

    [SkippableFact]
    public void Every_table_of_the_corpus_means_the_same_by_itself()
    {
        Skip.IfNot(TomlTestCorpus.IsHere, TomlTestCorpus.Missing);

        foreach (var file in TomlTestCorpus.Files(TomlVersion.V1_1, "valid"))
        {
            var document = TomlDocument.Parse(TomlTestCorpus.Read(file));
            foreach (var path in Tables(document.Root, TomlPath.Root).Where(p => document.Find(p)!.Sites.Count > 0))
                TableExtraction.Of(document, path).ShouldNotBeNull($"{file}: {path}");
        }
    }

    private static IEnumerable<TomlPath> Tables(TableNode table, TomlPath path) => table.Children.Where(c => c.Value is TableNode)
        .SelectMany(c => Tables((TableNode)c.Value, path.Append(c.Key)).Prepend(path.Append(c.Key)));

    private static string Text(TomlDocument document) => document.TextOf(new(0, document.Bytes.Length));
}
