using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Mcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Codex.Agent.Tests.Mcp;

public sealed class McpHttpTests : IAsyncLifetime
{
    private readonly List<string> _seen = [];
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/mcp", AnswerAsync);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Bearer_and_headers_go_with_every_request()
    {
        var start = await StartAsync(name => name switch { "TOKEN" => "right", "TENANT" => "blue", _ => null });

        await using var servers = start.ShouldBeOfType<McpStart.Ready>().Servers;
        servers.Warnings.ShouldBeEmpty();
        servers.Tools.Select(t => t.Spec.Name).ShouldBe(["mcp__web__look"]);
        _seen.Count.ShouldBeGreaterThan(2);
        _seen.ShouldAllBe(s => s == "Bearer right, fixed, blue");
    }

    [Theory]
    [InlineData("wrong", "MCP server 'web' could not be started: it refused us with status 401; check the token in TOKEN. Its tools are missing.")]
    [InlineData(null, "MCP server 'web' could not be started: the environment variable TOKEN, its bearer_token_env_var, is not set. Its tools are missing.")]
    public async Task A_token_that_is_missing_or_wrong_is_said_without_its_value(string? token, string warning)
    {
        var start = await StartAsync(name => name == "TOKEN" ? token : null);

        await using var servers = start.ShouldBeOfType<McpStart.Ready>().Servers;
        servers.Warnings.ShouldBe([warning]);
    }

    private Task<McpStart> StartAsync(Func<string, string?> variable)
    {
        var none = ImmutableSortedDictionary<string, string>.Empty;
        var server = new McpServer("web", new McpTransport.Http(new Uri(_app.Urls.Single() + "/mcp"), "TOKEN", none.Add("X-Fixed", "fixed"), none.Add("X-Tenant", "TENANT")));
        return McpServers.StartAsync([server], [], new McpSurroundings("1", "/", variable, TimeProvider.System), default);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.Authorization != "Bearer right")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        lock (_seen)
            _seen.Add($"{headers.Authorization}, {headers["X-Fixed"]}, {headers["X-Tenant"]}");
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var result = body.RootElement.GetProperty("method").GetString() switch
        {
            "initialize" => """{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"web","version":"1"}}""",
            "tools/list" => """{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}""",
            _ => null,
        };
        if (result is null)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"jsonrpc":"2.0","id":{{body.RootElement.GetProperty("id").GetRawText()}},"result":{{result}}}""");
    }
}
