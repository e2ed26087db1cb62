using System.Net;
using System.Text.Json;
using Codex.Gateway.Hosting;

namespace Codex.Gateway.Tests.Hosting;

/// <summary>What a web page can and cannot do, over real sockets.</summary>
public sealed class OriginTests
{
    [Theory]
    [InlineData("127.0.0.1:{port}", null, 200)]
    [InlineData("localhost:{port}", null, 200)]
    [InlineData("LOCALHOST", null, 200)]
    [InlineData("[::1]:{port}", null, 200)]
    [InlineData("127.0.0.2", null, 200)]
    [InlineData("gateway.example", null, 200)]
    [InlineData("evil.example:{port}", null, 421)]
    [InlineData("localhost.evil.example", null, 421)]
    [InlineData("127.0.0.1.evil.example", null, 421)]
    [InlineData("192.0.2.7:{port}", null, 421)]
    [InlineData("evil.example", "http://evil.example", 421)]
    [InlineData("127.0.0.1:{port}", "http://evil.example", 403)]
    [InlineData("127.0.0.1:{port}", "https://127.0.0.1.evil.example", 403)]
    [InlineData("127.0.0.1:{port}", "null", 403)]
    [InlineData("127.0.0.1:{port}", "file://", 403)]
    [InlineData("127.0.0.1:{port}", "chrome-extension://abcdefgh", 403)]
    [InlineData("127.0.0.1:{port}", "http://127.0.0.1:{port}", 200)]
    [InlineData("localhost:{port}", "http://localhost:3000", 200)]
    [InlineData("127.0.0.1:{port}", "https://gateway.example", 200)]
    public async Task Only_the_gateways_own_names_and_sites_are_served(string host, string? origin, int status)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { Hosts = ["gateway.example"] });
        var port = $"{gateway.Client.BaseAddress!.Port}";
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation("Host", host.Replace("{port}", port, StringComparison.Ordinal));
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin.Replace("{port}", port, StringComparison.Ordinal));

        using var response = await gateway.Client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(status);
        if (status == 200)
            return;
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var error = json.RootElement.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(status == 421 ? "host_not_allowed" : "origin_not_allowed");
        error.GetProperty("message").GetString()!.ShouldContain("Hosts");
    }

    [Fact]
    public async Task A_star_allows_every_host()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { Hosts = ["*"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Host = "any.example" } };

        (await gateway.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
