using System.Text;
using Codex.ConfigTool.Tests.Merge;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.ConfigTool;

/// <summary>The file after each merge case means to the real Codex what the case says. None of them names a key newer than 0.128.</summary>
public sealed class GoldenAcceptanceTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private const string NoGoldens = "-";

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var id in Golden.All.Select(g => g.Id).DefaultIfEmpty(NoGoldens))
            {
                foreach (var release in CodexRelease.All)
                    cases.Add(id, release.Version.ToString());
            }
            return cases;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task Codex_accepts_what_the_case_leaves_or_refuses_it_at_its_place(string id, string version)
    {
        Skip.If(id == NoGoldens, "skipped, because ../shared/config-goldens.json is not beside this checkout");
        var release = CodexRelease.Of(version);
        var binary = packages.Codex(release);
        var golden = Golden.Find(id);
        using var home = new CodexHome();
        await File.WriteAllBytesAsync(Path.Combine(home.State, "config.toml"), Encoding.UTF8.GetBytes(golden.After!));

        var verdict = await CodexVerdict.AskAsync(binary, release, home);

        verdict.Accepts.ShouldBe(golden.Strict == "ok", verdict.Words);
        if (golden.Strict != "ok" && release == CodexRelease.V0169)
            verdict.Place.ShouldBe(golden.Strict.Split(": ")[0], verdict.Words);
    }
}
