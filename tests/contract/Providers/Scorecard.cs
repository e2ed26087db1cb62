using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Codex.Contract.Tests.Providers;

internal sealed record CaseResult(ProviderCase Case, Outcome Outcome, TimeSpan Took);

/// <summary>All results of one provider, as a page for a person.</summary>
internal sealed record Scorecard(string Title, ImmutableArray<CaseResult> Results)
{
    public int Failures => Results.Count(r => r.Outcome is Outcome.Fail);

    /// <summary>Markdown: a line of totals, then one line a case, with what a failure means for Codex.</summary>
    public string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {Title}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{Results.Count(r => r.Outcome is Outcome.Pass)} pass, {Failures} fail, {Results.Count(r => r.Outcome is Outcome.NotApplicable)} not applicable\n\n");
        page.Append("| the provider | result | what it means |\n|---|---|---|\n");
        foreach (var result in Results)
            page.Append(CultureInfo.InvariantCulture, $"| {Cell(result.Case.Name)} | {Word(result)} | {Cell(Explanation(result))} |\n");
        return page.ToString();
    }

    /// <summary>One line for each case that did not pass, without times: comparable from run to run.</summary>
    public string ToExceptions() => string.Concat(Results.Where(r => r.Outcome is not Outcome.Pass).Select(r => $"{r.Case.Name} | {Label(r.Outcome)} | {Reason(r.Outcome)}\n"));

    private static string Word(CaseResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{Label(result.Outcome)}, {result.Took.TotalSeconds:0.0} s");

    private static string Label(Outcome outcome) => outcome switch
    {
        Outcome.Pass => "pass",
        Outcome.Fail => "FAIL",
        Outcome.NotApplicable => "not applicable",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
    };

    private static string Explanation(CaseResult result) => result.Outcome switch
    {
        Outcome.Fail fail => $"{result.Case.Meaning} Here: {fail.Reason}.",
        var other => Reason(other),
    };

    private static string Reason(Outcome outcome) => outcome switch
    {
        Outcome.Fail fail => fail.Reason,
        Outcome.NotApplicable not => not.Reason,
        _ => "",
    };

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
