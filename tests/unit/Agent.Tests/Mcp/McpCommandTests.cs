using System.Collections.Immutable;
using System.CommandLine;
using Codex.Agent.CommandLine;
using Codex.Agent.Configuration;
using Codex.Agent.Tests.Edits;

namespace Codex.Agent.Tests.Mcp;

/// <summary>Texts and files are those of <c>codex mcp</c> 0.169, but for our own name and for what it would lose.</summary>
public sealed class McpCommandTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    [Fact]
    public async Task Servers_are_added_shown_and_removed_and_nothing_else_changes()
    {
        const string before = "# top\r\nmodel = \"x\"   # keep\r\n\r\n[other]\r\na=1\r\n";
        _home.Write("config.toml", before);

        (await RunAsync("add", "tiny", "--env", "KEY=secret value", "--env", "A=b", "--", "node", "server.mjs", "--flag")).ShouldBe((0, "Added global MCP server 'tiny'.\n", ""));
        (await RunAsync("add", "web", "--url", "http://127.0.0.1:1/mcp", "--bearer-token-env-var", "TOK")).ShouldBe((0, "Added global MCP server 'web'.\n", ""));

        var after = _home.Read("config.toml");
        after.ShouldStartWith(before);
        after[before.Length..].ReplaceLineEndings("\n").ShouldBe("""

            [mcp_servers.tiny]
            command = "node"
            args = ["server.mjs", "--flag"]

            [mcp_servers.tiny.env]
            A = "b"
            KEY = "secret value"

            [mcp_servers.web]
            url = "http://127.0.0.1:1/mcp"
            bearer_token_env_var = "TOK"

            """.ReplaceLineEndings("\n"));
        (await RunAsync("list")).ShouldBe((0, """
            Name  Command  Args               Env                 Cwd  Status   Auth
            tiny  node     server.mjs --flag  A=*****, KEY=*****  -    enabled  Unsupported

            Name  Url                     Bearer Token Env Var  Status   Auth
            web   http://127.0.0.1:1/mcp  TOK                   enabled  Bearer token

            """.ReplaceLineEndings("\n"), ""));

        (await RunAsync("remove", "tiny")).ShouldBe((0, "Removed global MCP server 'tiny'.\n", ""));
        (await RunAsync("remove", "web")).ShouldBe((0, "Removed global MCP server 'web'.\n", ""));
        _home.Read("config.toml").ShouldBe(before);
    }

    [Fact]
    public async Task One_server_is_shown_for_people_with_its_values_covered_and_as_json()
    {
        _home.Write("config.toml", """
            [mcp_servers.tiny]
            command = "node"
            args = ["a.mjs"]
            env = { KEY = "secret value" }
            enabled_tools = ["t"]
            tool_timeout_sec = 1.5

            """);

        (await RunAsync("get", "tiny")).Output.ShouldBe("""
            tiny
              enabled: true
              transport: stdio
              command: node
              args: a.mjs
              cwd: -
              env: KEY=*****
              enabled_tools: t
              tool_timeout_sec: 1.5
              remove: codex-agent mcp remove tiny

            """.ReplaceLineEndings("\n"));
        (await RunAsync("get", "tiny", "--json")).Output.ShouldBe("""
            {
              "name": "tiny",
              "enabled": true,
              "disabled_reason": null,
              "transport": {
                "type": "stdio",
                "command": "node",
                "args": [
                  "a.mjs"
                ],
                "env": {
                  "KEY": "secret value"
                },
                "env_vars": [],
                "cwd": null
              },
              "enabled_tools": [
                "t"
              ],
              "disabled_tools": null,
              "startup_timeout_sec": null,
              "tool_timeout_sec": 1.5
            }

            """.ReplaceLineEndings("\n"));
        (await RunAsync("list", "--json")).Output.ShouldContain("\"auth_status\": \"unsupported\"");
    }

    [Fact]
    public async Task Adding_a_server_again_changes_how_it_is_reached_and_keeps_the_rest()
    {
        _home.Write("config.toml", """
            [mcp_servers.s] # mine
            command = "old" # why
            args = ["x"]
            tool_timeout_sec = 5
            [mcp_servers.s.env]
            A = "1"
            [last]

            """);

        (await RunAsync("add", "s", "--url", "https://h/mcp")).ExitCode.ShouldBe(0);

        _home.Read("config.toml").ReplaceLineEndings("\n").ShouldBe("""
            [mcp_servers.s] # mine
            tool_timeout_sec = 5
            url = "https://h/mcp"
            [last]

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(1, "codex-agent: invalid server name 'bad name' (use letters, numbers, '-', '_', ':', '@', '/', '.')", "add", "bad name", "--", "x")]
    [InlineData(2, "codex-agent: say either --url URL or -- COMMAND...; see codex-agent mcp add --help.", "add", "x")]
    [InlineData(2, "codex-agent: --env takes KEY=VALUE.", "add", "x", "--env", "novalue", "--", "y")]
    [InlineData(2, "codex-agent: 'h' is no http or https address.", "add", "x", "--url", "h")]
    [InlineData(1, "codex-agent: No MCP server named 'nope' found.", "get", "nope")]
    public async Task What_cannot_be_done_is_said_in_one_line(int exitCode, string error, params string[] args) =>
        (await RunAsync(args)).ShouldBe((exitCode, "", error + "\n"));

    [Fact]
    public async Task A_home_without_servers_says_how_to_add_one()
    {
        (await RunAsync("list")).ShouldBe((0, "No MCP servers configured yet. Try `codex-agent mcp add my-tool -- my-command`.\n", ""));
        (await RunAsync("list", "--json")).ShouldBe((0, "[]\n", ""));
        (await RunAsync("remove", "nope")).ShouldBe((0, "No MCP server named 'nope' found.\n", ""));
        Directory.EnumerateFileSystemEntries(_home.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broken_file_is_left_as_it_is()
    {
        _home.Write("config.toml", "model = \n");

        var (exitCode, _, error) = await RunAsync("add", "s", "--", "x");

        exitCode.ShouldBe(1);
        error.ShouldStartWith($"codex-agent: {_home["config.toml"]}:1:");
        _home.Read("config.toml").ShouldBe("model = \n");
    }

    [SkippableFact]
    public async Task Rights_and_links_of_the_file_stay()
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because Windows has no modes");
        var real = _home.Write("dotfiles/codex.toml", "model = \"x\"\n");
#pragma warning disable CA1416 // Skipped above.
        File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(_home["config.toml"], real);

        (await RunAsync("add", "s", "--", "x")).ExitCode.ShouldBe(0);

        new FileInfo(_home["config.toml"]).LinkTarget.ShouldBe(real);
        File.ReadAllText(real).ShouldContain("[mcp_servers.s]");
        File.GetUnixFileMode(real).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
#pragma warning restore CA1416
        Directory.GetFiles(_home["dotfiles"]).ShouldBe([real]);
    }

    public void Dispose() => _home.Dispose();

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        var environment = ImmutableDictionary<string, string>.Empty.Add("CODEX_HOME", _home.Path);
        var surroundings = new Surroundings(_home.Path, _home.Path, environment) { SystemDirectory = _home["etc"] };
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var invocation = new InvocationConfiguration { Output = output, Error = error };
        var exitCode = await new RootCommand { McpCommand.Create(surroundings) }.Parse(["mcp", .. args]).InvokeAsync(invocation);
        return (exitCode, output.ToString(), error.ToString());
    }
}
