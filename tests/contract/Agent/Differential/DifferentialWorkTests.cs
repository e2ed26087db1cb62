using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>Work that gets done: tools, context, threads, input and output.</summary>
public sealed class DifferentialWorkTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private const string Area = "work";

    public static TheoryData<string> Scripts => DifferentialCase.Names(Area);

    [SkippableTheory]
    [MemberData(nameof(Scripts))]
    public Task Ours_does_as_Codex_does_except_where_it_says_why_not(string script) => Comparison.VerifyAsync(Area, script, packages);
}
