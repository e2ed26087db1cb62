using Codex.ConfigTool;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Presets;

namespace Codex.Contract.Tests.StockClients;

/// <summary>What <c>codex-config</c> writes, read by Codex itself.</summary>
public sealed class CodexConfigTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly string[] ReadOnly = ["features", "list"];

    /// <summary>Unknown and misplaced keys are errors here; 0.169 only.</summary>
    private static readonly string[] Strict = ["--strict-config", "app-server", "--print-startup-config"];

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task Codex_starts_with_what_every_preset_writes(string version)
    {
        var codex = packages.Codex(CodexRelease.Of(version));
        foreach (var preset in PresetRegistry.All)
        {
            using var home = new CodexHome();
            var direct = preset.BaseUrl is null ? ["--id", "mine", "--base-url", "http://127.0.0.1:9/v1"] : Array.Empty<string>();
            await AddAsync(home, [preset.Name, .. direct, "--model", "m", .. preset.Responses is ResponsesSupport.Missing ? ["--via-gateway"] : Array.Empty<string>()]);

            await ShouldStartAsync(codex, home, version, preset.Name);
        }
    }

    [SkippableTheory]
    [InlineData("--via-gateway")]
    [InlineData("--auth-command", "pass", "show")]
    [InlineData("--minimal-tools")]
    [InlineData("--web-search", "cached", "--effort", "high", "--set", "query_params.v=\"1\"", "--set", "stream_max_retries=2")]
    public async Task Codex_takes_every_option_strictly(params string[] options)
    {
        var codex = packages.Codex(CodexRelease.V0169);
        using var home = new CodexHome();
        await AddAsync(home, ["tensormesh", .. options]);

        await ShouldStartAsync(codex, home, CodexRelease.V0169.Version.ToString(), string.Join(' ', options));
    }

    private static async Task AddAsync(CodexHome home, string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var number = 0;
        var environment = new ToolEnvironment(FileSystem.Current, TimeProvider.System, new Dictionary<string, string>(StringComparer.Ordinal), home.State, () => $"{++number:x16}");
        var exit = await ConfigCommandLine.RunAsync(
            ["add-provider", .. arguments, "--yes", "--codex-home", home.State, "--state-dir", Path.Combine(home.State, "config-state")],
            environment,
            new Terminal(output, error, IsTerminal: false, CanAsk: false, () => null));
        exit.ShouldBe(0, error.ToString());
    }

    private static async Task ShouldStartAsync(string codex, CodexHome home, string version, string what)
    {
        var arguments = version == CodexRelease.V0169.Version.ToString() ? Strict : ReadOnly;
        var outcome = await ClientProcess.RunAsync(codex, arguments, home.Work, home.Environment(key: null), Limit);
        outcome.ExitCode.ShouldBe(0, $"{what}: {outcome.Stdout}{outcome.Stderr}");
    }
}
