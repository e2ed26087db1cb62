using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.ConfigTool;

/// <summary>What the built tool writes into homes of all kinds starts Codex, and loses nothing of the user's.</summary>
public sealed class AddProviderAcceptanceTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private const string Tensormesh = "add-provider tensormesh --yes";
    private const string OllamaByGateway = "add-provider ollama --via-gateway --model qwen3:8b --yes";

    [SkippableTheory]
    [InlineData(HomeUnderTest.Empty, Tensormesh)]
    [InlineData(HomeUnderTest.Normal, Tensormesh)]
    [InlineData(HomeUnderTest.Hostile, Tensormesh)]
    [InlineData(HomeUnderTest.Empty, OllamaByGateway)]
    [InlineData(HomeUnderTest.Normal, OllamaByGateway)]
    [InlineData(HomeUnderTest.Hostile, OllamaByGateway)]
    public async Task Codex_starts_with_the_file_and_the_users_lines_are_there(string kind, string arguments)
    {
        Skip.If(kind == HomeUnderTest.Hostile && OperatingSystem.IsWindows(), "skipped, because links need a right of their own on Windows");
        var codex = packages.Codex(CodexRelease.V0169);
        using var home = new CodexHome();
        var kept = HomeUnderTest.Furnish(home, kind);

        var tool = await ToolProcess.RunAsync(home, arguments.Split(' '));

        tool.ExitCode.ShouldBe(0, tool.Stderr);
        var config = await File.ReadAllTextAsync(HomeUnderTest.ConfigPath(home));
        var verdict = await CodexVerdict.AskAsync(codex, CodexRelease.V0169, home);
        verdict.Accepts.ShouldBeTrue(verdict.Words + config);
        foreach (var line in kept)
            config.ShouldContain(line, Case.Sensitive);
        if (kind == HomeUnderTest.Hostile)
            ShouldKeepItsLayout(home, config);
    }

    [SkippableTheory]
    [InlineData(HomeUnderTest.Empty, Tensormesh, "tensormesh")]
    [InlineData(HomeUnderTest.Normal, Tensormesh, "tensormesh")]
    [InlineData(HomeUnderTest.Hostile, Tensormesh, "tensormesh")]
    [InlineData(HomeUnderTest.Empty, OllamaByGateway, "ollama-gateway")]
    [InlineData(HomeUnderTest.Normal, OllamaByGateway, "ollama-gateway")]
    [InlineData(HomeUnderTest.Hostile, OllamaByGateway, "ollama-gateway")]
    public async Task Removing_the_provider_gives_back_every_byte(string kind, string arguments, string id)
    {
        Skip.If(kind == HomeUnderTest.Hostile && OperatingSystem.IsWindows(), "skipped, because links need a right of their own on Windows");
        using var home = new CodexHome();
        HomeUnderTest.Furnish(home, kind);
        var path = HomeUnderTest.ConfigPath(home);
        var before = File.Exists(path) ? await File.ReadAllBytesAsync(path) : null;
        (await ToolProcess.RunAsync(home, arguments.Split(' '))).ExitCode.ShouldBe(0);
        File.Exists(path).ShouldBeTrue();

        var tool = await ToolProcess.RunAsync(home, "remove-provider", id, "--yes");

        tool.ExitCode.ShouldBe(0, tool.Stderr);
        (File.Exists(path) ? await File.ReadAllBytesAsync(path) : null).ShouldBe(before);
        (new FileInfo(path).LinkTarget is not null).ShouldBe(kind == HomeUnderTest.Hostile);
    }

    [SkippableFact]
    public async Task A_second_run_changes_nothing()
    {
        using var home = new CodexHome();
        HomeUnderTest.Furnish(home, HomeUnderTest.Normal);
        (await ToolProcess.RunAsync(home, Tensormesh.Split(' '))).ExitCode.ShouldBe(0);
        var first = await File.ReadAllTextAsync(HomeUnderTest.ConfigPath(home));

        var again = await ToolProcess.RunAsync(home, Tensormesh.Split(' '));

        again.ExitCode.ShouldBe(0, again.Stderr);
        again.Stdout.ShouldContain("no change needed");
        (await File.ReadAllTextAsync(HomeUnderTest.ConfigPath(home))).ShouldBe(first);
    }

    private static void ShouldKeepItsLayout(CodexHome home, string config)
    {
        var link = new FileInfo(HomeUnderTest.ConfigPath(home));
        link.LinkTarget.ShouldNotBeNull();
        Path.IsPathRooted(link.LinkTarget).ShouldBeFalse();
        File.ReadAllBytes(link.FullName).AsSpan(0, 3).SequenceEqual("\uFEFF"u8).ShouldBeTrue();
        config.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\n');
        config.ShouldNotEndWith("\n");
    }
}
