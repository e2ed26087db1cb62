using System.Text.Json;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.ConfigTool;

/// <summary><c>doctor --with-codex</c> and <c>--fix</c> beside each real Codex: it says what Codex does, and what it mends Codex takes.</summary>
public sealed class DoctorAcceptanceTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private const string Table = "[model_providers.t]\nname = \"t\"\nbase_url = \"http://127.0.0.1:9/v1\"\n";

    public static TheoryData<string, string, string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string, bool>();
            foreach (var release in CodexRelease.All)
            {
                var version = release.Version.ToString();
                cases.Add(version, "a good file", $"model_provider = \"t\"\nmodel = \"m\"\nmodel_context_window = 4096\n{Table}", true);
                cases.Add(version, "no such provider", $"model_provider = \"gone\"\nmodel = \"m\"\n{Table}", false);
                cases.Add(version, "a table of Codex's own provider", "[model_providers.openai]\nname = \"x\"\nbase_url = \"http://127.0.0.1:9/v1\"\n", false);
                cases.Add(version, "the old wire", $"model_provider = \"t\"\nmodel = \"m\"\n{Table}wire_api = \"chat\"\n", false);
                cases.Add(version, "a variable beside a command", $"model_provider = \"t\"\nmodel = \"m\"\n{Table}env_key = \"PATH\"\nauth = {{ command = \"true\" }}\n", false);
                cases.Add(version, "a duplicate", "model = \"m\"\nmodel = \"n\"\n", false);
                cases.Add(version, "a wrong type", "model_providers = 3\n", false);
            }

            return cases;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task An_error_is_found_where_Codex_does_not_start_and_nowhere_else(string version, string what, string config, bool starts)
    {
        var release = CodexRelease.Of(version);
        var codex = packages.Codex(release);
        using var home = new CodexHome();
        await File.WriteAllTextAsync(HomeUnderTest.ConfigPath(home), config);

        var verdict = await CodexVerdict.AskAsync(codex, release, home);
        var doctor = await ToolProcess.RunAsync(home, "doctor", "--with-codex", codex);

        verdict.Accepts.ShouldBe(starts, $"{what}: {verdict.Words}");
        doctor.ExitCode.ShouldBe(starts ? 0 : 8, doctor.Stdout + doctor.Stderr);
        if (starts)
            doctor.Stdout.ShouldContain($"Codex {release.Version} takes the file");
    }

    /// <summary>A provider without a name, root keys below a table, a key with its old name: each is mended so that Codex takes the whole file.</summary>
    [SkippableTheory]
    [InlineData("E05", "model_provider = \"t\"\nmodel = \"m\"\n\n[model_providers.t]\nbase_url = \"http://127.0.0.1:9/v1\"\n", false)]
    [InlineData("W01", "model = \"m\"\n\n" + Table + "model_provider = \"t\"\n", false)]
    [InlineData("W02", "model_provider = \"t\"\nmodel = \"m\"\nauto_compact_token_limit = 30000\n\n" + Table, false)]
    public async Task What_is_mended_Codex_takes(string code, string config, bool before)
    {
        var codex = packages.Codex(CodexRelease.V0169);
        using var home = new CodexHome();
        await File.WriteAllTextAsync(HomeUnderTest.ConfigPath(home), config);
        (await CodexVerdict.AskAsync(codex, CodexRelease.V0169, home)).Accepts.ShouldBe(before);

        var doctor = await ToolProcess.RunAsync(home, "doctor", "--with-codex", codex, "--fix", "--yes");

        var mended = await File.ReadAllTextAsync(HomeUnderTest.ConfigPath(home));
        doctor.ExitCode.ShouldBe(0, doctor.Stdout + doctor.Stderr);
        mended.ShouldNotBe(config, $"{code}: {doctor.Stdout}");
        var verdict = await CodexVerdict.AskAsync(codex, CodexRelease.V0169, home);
        verdict.Accepts.ShouldBeTrue(verdict.Words + mended);
        using var again = JsonDocument.Parse((await ToolProcess.RunAsync(home, "doctor", "--with-codex", codex, "--json")).Stdout);
        again.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString()).ShouldNotContain(code);
        (await ToolProcess.RunAsync(home, "undo", "--yes")).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(HomeUnderTest.ConfigPath(home))).ShouldBe(config);
    }
}
