namespace Codex.Contract.Tests.StockClients;

/// <summary>The lines that the gateway prints at its start, pasted into a shell as they are.</summary>
public sealed class FirstMinutesTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task The_Codex_line_creates_a_file(string version)
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because the printed line is for a POSIX shell");
        var codex = packages.Codex(CodexRelease.Of(version));
        using var home = new CodexHome();
        await using var gateway = await GatewayProcess.StartAsync(home);
        File.CreateSymbolicLink(Path.Combine(home.State, "codex"), codex);
        var environment = home.Environment(key: null);
        environment["PATH"] = home.State + Path.PathSeparator + environment["PATH"];
        // The sandbox needs rights that a container may not have; the folder is a throw-away.
        var line = gateway.LineWith("codex exec").Replace(" -s workspace-write ", " --dangerously-bypass-approvals-and-sandbox ");

        var outcome = await ClientProcess.RunAsync("sh", ["-c", line], home.Work, environment, Limit);

        outcome.ExitCode.ShouldBe(0, outcome.Stderr);
        home.Files().Keys.AsEnumerable().ShouldBe(["hello.txt"], customMessage: outcome.Stderr);
        outcome.Stdout.ShouldContain("Scripted answer of the demo model.");
    }

    [SkippableFact]
    public async Task The_curl_line_gets_an_answer()
    {
        Skip.If(ClientProcess.Find("curl") is null, "skipped, because there is no curl on PATH");
        using var home = new CodexHome();
        await using var gateway = await GatewayProcess.StartAsync(home);

        var outcome = await ClientProcess.RunAsync("sh", ["-c", gateway.LineWith("curl ")], home.Work, home.Environment(key: null), Limit);

        outcome.ExitCode.ShouldBe(0, outcome.Stderr);
        outcome.Stdout.ShouldContain("\"status\":\"completed\"");
    }
}
