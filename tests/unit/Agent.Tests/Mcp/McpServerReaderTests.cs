using System.Text.Json;
using Codex.Agent.Mcp;

namespace Codex.Agent.Tests.Mcp;

public sealed class McpServerReaderTests
{
    [Fact]
    public void A_program_is_read_with_all_that_can_be_set()
    {
        var server = Read("""
            {"command":"node","args":["a.mjs"],"env":{"A":"b"},"env_vars":["C",{"name":"D"},{"name":"E","source":"remote"}],"cwd":"/x","enabled":false,"required":true,
             "startup_timeout_sec":1.5,"tool_timeout_sec":2,"enabled_tools":["t","u"],"disabled_tools":["u"],"default_tools_approval_mode":"writes",
             "tools":{"t":{"approval_mode":"approve"}},"supports_parallel_tool_calls":true}
            """);

        var stdio = server.Transport.ShouldBeOfType<McpTransport.Stdio>();
        (stdio.Command, stdio.Directory).ShouldBe(("node", "/x"));
        stdio.Arguments.ShouldBe(["a.mjs"]);
        stdio.Environment.ShouldBe([new("A", "b")]);
        stdio.InheritedVariables.ShouldBe(["C", "D"]);
        (server.IsEnabled, server.IsRequired, server.RunsInParallel).ShouldBe((false, true, true));
        (server.StartupLimit, server.ToolLimit).ShouldBe((TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2)));
        (server.Offers("t"), server.Offers("u"), server.Offers("v")).ShouldBe((true, false, false));
        (server.ApprovalOf("t"), server.ApprovalOf("u")).ShouldBe((McpApproval.Approve, McpApproval.Writes));
    }

    [Fact]
    public void An_address_is_read_with_its_headers()
    {
        var server = Read("""{"url":"https://h/mcp","bearer_token_env_var":"T","http_headers":{"X-A":"1"},"env_http_headers":{"X-B":"B"},"startup_timeout_ms":250}""");

        var http = server.Transport.ShouldBeOfType<McpTransport.Http>();
        (http.Url.AbsoluteUri, http.BearerVariable).ShouldBe(("https://h/mcp", "T"));
        http.Headers.ShouldBe([new("X-A", "1")]);
        http.VariableHeaders.ShouldBe([new("X-B", "B")]);
        server.StartupLimit.ShouldBe(TimeSpan.FromMilliseconds(250));
        (server.IsEnabled, server.Offers("any"), server.Approval).ShouldBe((true, true, McpApproval.Auto));
    }

    [Theory]
    [InlineData("7", "MCP server 's' is left out: mcp_servers.s is not a table.")]
    [InlineData("{}", "MCP server 's' is left out: mcp_servers.s has neither command nor url.")]
    [InlineData("""{"command":"a","url":"http://h"}""", "MCP server 's' is left out: mcp_servers.s has both command and url; keep one.")]
    [InlineData("""{"url":"ftp://h"}""", "MCP server 's' is left out: mcp_servers.s.url is no http or https address.")]
    [InlineData("""{"command":1}""", "MCP server 's' is left out: mcp_servers.s.command is not a text.")]
    [InlineData("""{"command":"a","args":"b"}""", "MCP server 's' is left out: mcp_servers.s.args is not a list of texts.")]
    [InlineData("""{"command":"a","env":{"K":1}}""", "MCP server 's' is left out: mcp_servers.s.env is not a table of texts.")]
    [InlineData("""{"command":"a","env_vars":[{}]}""", "MCP server 's' is left out: mcp_servers.s.env_vars holds something that is neither a name nor a table with a name.")]
    [InlineData("""{"command":"a","enabled":"yes"}""", "MCP server 's' is left out: mcp_servers.s.enabled is neither true nor false.")]
    [InlineData("""{"command":"a","tool_timeout_sec":0}""", "MCP server 's' is left out: mcp_servers.s.tool_timeout_sec is no time between 0 and a day.")]
    [InlineData("""{"command":"a","default_tools_approval_mode":"maybe"}""", "MCP server 's' is left out: mcp_servers.s.default_tools_approval_mode is none of auto, prompt, writes, approve.")]
    public void A_table_that_is_no_server_is_left_out_with_the_reason(string table, string problem)
    {
        var (servers, problems) = McpServerReader.Read(JsonElement.Parse($$$"""{"mcp_servers":{"s":{{{table}}}}}"""));

        servers.ShouldBeEmpty();
        problems.ShouldBe([problem]);
    }

    [Theory]
    [InlineData("""{"s":{"identity":{"command":"node"}}}""", true)]
    [InlineData("""{"s":{"identity":{"command":{"exact":"node"}}}}""", true)]
    [InlineData("""{"s":{"identity":{"command":{"prefix":"no"}}}}""", true)]
    [InlineData("""{"s":{"identity":{"command":{"regex":"n.de"}}}}""", true)]
    [InlineData("""{"s":{"identity":{"command":{"regex":"n.d"}}}}""", false)]
    [InlineData("""{"s":{"identity":{"command":{"regex":"("}}}}""", false)]
    [InlineData("""{"s":{"identity":{"command":"python"}}}""", false)]
    [InlineData("""{"s":{"identity":{"url":"node"}}}""", false)]
    [InlineData("""{"s":{}}""", false)]
    [InlineData("""{"other":{"identity":{"command":"node"}}}""", false)]
    public void The_administrator_allows_servers_by_name_and_identity(string allowed, bool isAllowed)
    {
        var server = McpIdentity.Restrict(Read("""{"command":"node"}"""), JsonElement.Parse(allowed), "/etc/codex/requirements.toml");

        server.IsEnabled.ShouldBe(isAllowed);
        server.DisabledReason.ShouldBe(isAllowed ? null : "/etc/codex/requirements.toml does not allow it");
    }

    [Fact]
    public void Names_are_flat_clean_short_and_never_the_same()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);

        McpToolNames.Of("my-srv", "write-thing", taken).ShouldBe("mcp__my_srv__write_thing");
        McpToolNames.Of("my-srv", "write_thing", taken).ShouldMatch("^mcp__my_srv__write_thing_[0-9a-f]{8}$");
        var longName = McpToolNames.Of("server", new string('x', 100), taken);
        longName.Length.ShouldBe(64);
        longName.ShouldMatch("^mcp__server__x+_[0-9a-f]{8}$");
        McpToolNames.Of("server", new string('x', 100), []).ShouldBe(longName);
        McpToolNames.Of("server", new string('x', 101), taken).ShouldNotBe(longName);
    }

    private static McpServer Read(string table) =>
        McpServerReader.Read(JsonElement.Parse($$$"""{"mcp_servers":{"s":{{{table}}}}}""")).Servers.Single();
}
