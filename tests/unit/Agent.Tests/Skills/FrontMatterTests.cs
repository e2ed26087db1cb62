using Codex.Agent.Skills;

namespace Codex.Agent.Tests.Skills;

public sealed class FrontMatterTests
{
    [Theory]
    [InlineData("no front matter", "", "no front matter")]
    [InlineData("---\nname: a\n---\nbody\n", "name=a", "body\n")]
    [InlineData("\uFEFF---\r\nname: a\r\n---\r\nbody", "name=a", "body")]
    [InlineData("---\nnever closed: x\n", "", "---\nnever closed: x\n")]
    [InlineData("---\n---\nbody", "", "body")]
    [InlineData("---\ndescription: Use this: it \"helps\"\n---\n", "description=Use this: it \"helps\"", "")]
    [InlineData("---\nname: a\ndescription: >\n  two\n  lines\n---\n", "name=a;description=two lines", "")]
    [InlineData("---\nmetadata:\n  short-description: short\n  deep:\n    er: x\nname: b\n---\n", "metadata.short-description=short;metadata.deep.er=x;name=b", "")]
    [InlineData("---\ntags: [a, {b: c}, d]\nname: b\n---\n", "name=b", "")]
    [InlineData("---\ntools:\n  - type: mcp\n    value: x\n  - plain\nname: b\n---\n", "name=b", "")]
    [InlineData("---\na: &x {b: c}\nd: *x\nname: b\n---\n", "a.b=c;name=b", "")]
    [InlineData("---\n? {a: b}\n: c\nname: b\n---\n", "name=b", "")]
    [InlineData("---\njust words\n---\n", "", "")]
    public void Reads_texts_by_their_keys(string text, string values, string body)
    {
        var (read, problem) = FrontMatter.Parse(text);

        problem.ShouldBeNull();
        string.Join(';', read!.Values.Where(v => v.Key.Length > 0).OrderBy(v => text.IndexOf(v.Key.Split('.')[^1], StringComparison.Ordinal)).Select(v => $"{v.Key}={v.Value}"))
            .ShouldBe(values);
        read.Body.ShouldBe(body);
    }

    [Theory]
    [InlineData("---\nname: [a\n---\n")]
    [InlineData("---\nname: \"a\n---\n")]
    [InlineData("---\nname: a\n- b\n---\n")]
    public void Broken_yaml_is_a_problem_not_an_exception(string text)
    {
        var (read, problem) = FrontMatter.Parse(text);

        read.ShouldBeNull();
        problem.ShouldNotBeNull();
    }

    /// <summary>A reader that recurses would end the program here.</summary>
    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("a:\n ")]
    public void Depth_costs_nothing(string opening)
    {
        var yaml = "x: " + string.Concat(Enumerable.Repeat(opening, 4_000));

        Should.NotThrow(() => FrontMatter.Parse("---\n" + yaml + "\n---\n"));
    }
}
