using Codex.Contract.Tests.Providers.Cases;
using Codex.Contract.Tests.Providers.Scripted;
using Codex.Translation.Dialects;
using Xunit.Abstractions;

namespace Codex.Contract.Tests.Providers;

/// <summary>Each dialect file, proved on a backend that answers and refuses as the real one does.</summary>
public sealed class ScriptedProviderTests(ITestOutputHelper output)
{
    public static TheoryData<string> Dialects => [.. DialectRegistry.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Every_case_comes_out_as_written_down_for_the_dialect(string dialect)
    {
        var manner = ManneredUpstream.Manners.Single(m => m.Name == dialect);
        var card = await AskAllAsync(manner);
        output.WriteLine(card.ToMarkdown());

        ExpectedOutcomes.Verify(dialect, card.ToExceptions());
    }

    [Fact]
    public async Task A_backend_that_never_calls_tools_is_found_out()
    {
        var deaf = new Manner("generic") { Refusals = [p => p.Tools.IsEmpty ? null : new Complaint(400, "tools are not supported")] };
        var card = await AskAllAsync(deaf);

        card.Results.Where(r => r.Outcome is Outcome.Fail).ShouldContain(r => r.Case.Name.StartsWith("calls a function", StringComparison.Ordinal));
        card.ToMarkdown().ShouldContain("without tools there is no agent. Here: HTTP 400: Provider 'provider' answered 400: tools are not supported.");
    }

    private static async Task<Scorecard> AskAllAsync(Manner manner)
    {
        await using var provider = await ProviderUnderTest.StartAsync(manner);
        var runner = new CaseRunner(provider, TimeSpan.FromMinutes(1));
        var results = new List<CaseResult>();
        foreach (var question in ProviderCases.All)
            results.Add(await runner.RunAsync(question));
        return new Scorecard($"Scripted backend in the manner of {manner.Name}", [.. results]);
    }
}
