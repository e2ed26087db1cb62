using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>The same models with the real Codex through the same gateway: what becomes of each case is recorded, so that a gateway that serves Codex worse is seen.</summary>
public sealed class StockWeakModelTests(NodePackages packages, StockScores scores) : IClassFixture<NodePackages>, IClassFixture<StockScores>
{
    public static TheoryData<string> Cases => WeakCase.Names;

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task Stock_ends_as_recorded(string name)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because the commands of the cases are those of Linux");
        var codex = packages.Codex(CodexRelease.V0169);
        var played = WeakCase.Read(name);

        var (ending, report) = await WeakModelStage.PlayAsync(played, codex);

        scores.Note(played, ending);
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            await File.WriteAllTextAsync(played.StockFile, $"{ending}\n");
        $"{ending}\n".ShouldBe(await File.ReadAllTextAsync(played.StockFile), report);
    }
}
