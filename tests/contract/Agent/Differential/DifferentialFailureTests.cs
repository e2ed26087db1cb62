using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>What goes wrong at the server, in the answer, in the settings and on the command line. A class of its own, so that it runs beside the other.</summary>
public sealed class DifferentialFailureTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private const string Area = "failures";

    public static TheoryData<string> Scripts => DifferentialCase.Names(Area);

    [SkippableTheory]
    [MemberData(nameof(Scripts))]
    public Task Ours_does_as_Codex_does_except_where_it_says_why_not(string script) => Comparison.VerifyAsync(Area, script, packages);
}
