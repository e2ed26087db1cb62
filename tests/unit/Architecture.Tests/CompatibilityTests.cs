using System.Text.RegularExpressions;

namespace Codex.Architecture.Tests;

/// <summary>docs/agent-compatibility.md has every feature of Codex, and what it names as a proof is there.</summary>
public sealed partial class CompatibilityTests
{
    private const string Document = "docs/agent-compatibility.md";

    /// <summary>How the features of Codex are numbered: command line, settings, safety, tools, terminal.</summary>
    private static readonly IEnumerable<int> Numbers =
        [.. Enumerable.Range(1, 39), .. Enumerable.Range(40, 15), .. Enumerable.Range(60, 15), .. Enumerable.Range(80, 41), .. Enumerable.Range(130, 10)];

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, Document));

    [Fact]
    public void Every_feature_has_one_row_in_its_order() => NumberedRows().Select(r => r.Number).ShouldBe(Numbers);

    [Fact]
    public void A_row_says_that_it_works_and_names_a_proof_or_says_why_not()
    {
        var wrong = new List<string>();
        foreach (var (number, cells) in NumberedRows())
        {
            var works = cells[2].StartsWith("works", StringComparison.Ordinal);
            if (!works && !cells[2].StartsWith("later", StringComparison.Ordinal) && !cells[2].StartsWith("not applicable", StringComparison.Ordinal))
                wrong.Add($"{number}: its state is {cells[2]}");
            else if (works ? !Proofs(cells[3]).Any() : cells[3].Length == 0)
                wrong.Add($"{number}: {(works ? "no proof" : "no reason")}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_proof_that_is_named_is_there()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var fixtures = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "fixtures"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToHashSet();
        var settings = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "fixtures", "agent-settings")).Select(d => Path.GetFileName(d)[..3]).ToHashSet();

        Rows().SelectMany(cells => Proofs(cells[^1])).Distinct().Where(proof =>
            proof.EndsWith("Tests", StringComparison.Ordinal) ? !tests.Contains(proof)
            : proof.Length == 3 ? !settings.Contains(proof)
            : proof.Contains('/', StringComparison.Ordinal) ? !Path.Exists(Path.Combine(Repository.Root, proof))
            : !fixtures.Any(f => f == proof || f!.EndsWith("_" + proof, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    private static IEnumerable<(int Number, string[] Cells)> NumberedRows() =>
        from cells in Rows()
        where cells.Length == 4 && int.TryParse(cells[0], out _)
        select (int.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture), cells);

    private static IEnumerable<string[]> Rows() =>
        from line in Lines
        where line.StartsWith("| ", StringComparison.Ordinal) && line.EndsWith(" |", StringComparison.Ordinal)
        select (string[])[.. Bar().Split(line[2..^2]).Select(c => c.Trim())];

    /// <summary>Test classes, directories of fixtures and paths of this repository.</summary>
    private static IEnumerable<string> Proofs(string cell) => Proof().Matches(cell).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.None, 1000)]
    private static partial Regex Bar();

    [GeneratedRegex(@"`(\w+Tests|\d{3}|\d{3}_\w+|(?:tests|fixtures|docs|bench)/[\w/.-]+|[a-z]+(?:_[a-z]+){2,})`", RegexOptions.None, 1000)]
    private static partial Regex Proof();
}
