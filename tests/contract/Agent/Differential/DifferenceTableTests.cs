using System.Text.RegularExpressions;
using Codex.Contract.Tests.Providers;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>The table in <c>docs/agent-compatibility.md</c> knows every script in which the two programs differ, and no other.</summary>
public sealed partial class DifferenceTableTests
{
    private const string Section = "## Differences that stay";

    [Fact]
    public void Every_script_with_a_difference_is_in_the_table_and_no_other()
    {
        var document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "agent-compatibility.md"));
        var section = document[document.IndexOf(Section, StringComparison.Ordinal)..];
        var next = section.IndexOf("\n## ", StringComparison.Ordinal);

        var named = Script().Matches(next < 0 ? section : section[..next]).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        named.Order(StringComparer.Ordinal).ShouldBe(Differing());
    }

    private static IEnumerable<string> Differing() =>
        Directory.EnumerateFiles(DifferentialCase.Root, "differences.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(DifferentialCase.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex("`((work|failures)/[0-9]{3}_[a-z_]+)`")]
    private static partial Regex Script();
}
