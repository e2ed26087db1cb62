using System.Net;
using System.Net.Sockets;

namespace Codex.Contract.Tests.StockClients;

/// <summary>The pinned programs are the ones that run, and the harness tells how they ended.</summary>
public sealed class HarnessTests(NodePackages packages) : IClassFixture<NodePackages>
{
    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task Codex_prints_the_pinned_version(string version)
    {
        using var home = new CodexHome();
        var binary = packages.Codex(CodexRelease.Of(version));

        var outcome = await ClientProcess.RunAsync(
            binary, ["--version"], home.Work, home.Environment(key: null), TimeSpan.FromMinutes(1));

        outcome.Stdout.Trim().ShouldBe($"codex-cli {version}", outcome.Stderr);
    }

    [SkippableFact]
    public async Task A_run_that_does_not_end_is_killed_at_its_limit_and_keeps_what_it_wrote()
    {
        using var home = new CodexHome();
        using var silent = new SilentServer();

        var outcome = await new CodexRun
        {
            Release = CodexRelease.V0169,
            BaseUrl = silent.BaseUrl,
            Prompt = "Say hello",
            Limit = TimeSpan.FromSeconds(5),
        }.InAsync(home, packages);

        outcome.TimedOut.ShouldBeTrue(outcome.Report());
        outcome.Events.ShouldContain(one => one.GetProperty("type").ValueEquals("turn.started"), outcome.Report());
    }

    [SkippableFact]
    public async Task The_terminal_interface_shows_its_version()
    {
        using var home = new CodexHome();
        using var silent = new SilentServer();
        var run = new CodexRun { Release = CodexRelease.V0169, BaseUrl = silent.BaseUrl, Prompt = "" };

        await using var terminal = await CodexTerminal.StartAsync(run, home, packages);

        await terminal.ShouldShowAsync("OpenAI Codex (v0.169.0)", TimeSpan.FromMinutes(1));
    }

    [SkippableFact]
    public async Task The_openai_package_reports_an_address_where_nothing_listens()
    {
        string closed;
        using (var silent = new SilentServer())
            closed = silent.BaseUrl;

        var result = await new OpenAiNodeRun { Script = "errors", BaseUrl = closed }.ResultAsync(packages);

        foreach (var way in new[] { "create", "iterate", "stream" })
            result.GetProperty(way).GetProperty("class").GetString().ShouldBe("APIConnectionError", result.GetRawText());
    }

    [SkippableFact]
    public async Task The_tiny_MCP_server_lists_two_tools_and_adds()
    {
        packages.Require();
        var requests = string.Join('\n',
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{}}}""",
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""",
            """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"add","arguments":{"a":2,"b":3}}}""");

        var outcome = await ClientProcess.RunAsync(
            "node", [NpmFolder.TinyMcpServer], NpmFolder.Root, environment: null, TimeSpan.FromMinutes(1), requests);

        outcome.Stdout.ShouldContain("\"name\":\"add\"");
        outcome.Stdout.ShouldContain("\"name\":\"picture\"");
        outcome.Stdout.ShouldContain("""{"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"5"}]}}""");
    }

    [Theory]
    [InlineData("npm error code ENOTFOUND\nnpm error network request failed", "ENOTFOUND")]
    [InlineData("npm error code E503\nnpm error 503 Service Unavailable", "E503")]
    [InlineData("npm error code EINTEGRITY\nnpm error sha512 integrity checksum failed", null)]
    [InlineData("npm error code EUSAGE\nnpm error `npm ci` can only install packages when in sync", null)]
    public void Only_a_registry_out_of_reach_is_a_reason_to_skip(string stderr, string? code)
    {
        var reason = NpmFailure.RegistryOutOfReach(stderr);

        if (code is null)
            reason.ShouldBeNull();
        else
            reason.ShouldNotBeNull().ShouldContain(code);
    }

    /// <summary>Accepts connections and never answers.</summary>
    private sealed class SilentServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public SilentServer() => _listener.Start();

        public string BaseUrl => $"http://{_listener.LocalEndpoint}/v1";

        public void Dispose() => _listener.Dispose();
    }
}
