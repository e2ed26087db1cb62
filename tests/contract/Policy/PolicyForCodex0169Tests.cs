using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Policy;

/// <summary>Each row of the error policy with Codex 0.169.0. A class of its own, so that it runs beside the other clients.</summary>
public sealed class PolicyForCodex0169Tests(NodePackages packages) : IClassFixture<NodePackages>
{
    public static TheoryData<string> Rows => PolicyCase.Names;

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public Task The_user_sees_what_the_policy_says(string row) => PolicyForCodex.VerifyAsync(row, CodexRelease.V0169, packages);
}
