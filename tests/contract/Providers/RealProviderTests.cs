using Codex.Contract.Tests.Providers.Cases;
using Xunit.Abstractions;

namespace Codex.Contract.Tests.Providers;

/// <summary>The same cases against a real provider; docs/provider-scorecard.md says how.</summary>
public sealed class RealProviderTests(RealProvider provider, ITestOutputHelper output) : IClassFixture<RealProvider>
{
    public static TheoryData<string> Cases => [.. ProviderCases.All.Select(c => c.Name)];

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task The_provider(string behaviour)
    {
        Skip.IfNot(provider.IsNamed, "skipped, because PROVIDER_BASE_URL is not set");

        var question = ProviderCases.All.Single(c => c.Name == behaviour);
        var result = await provider.AskAsync(question);
        output.WriteLine($"{behaviour}: {result.Outcome}");
        Skip.If(result.Outcome is Outcome.NotApplicable, (result.Outcome as Outcome.NotApplicable)?.Reason ?? "");
        if (result.Outcome is Outcome.Fail fail)
            Assert.Fail($"{fail.Reason}. {question.Meaning}");
    }
}
