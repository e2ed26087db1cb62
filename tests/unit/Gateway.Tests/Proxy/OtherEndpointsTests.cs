using System.Text.Json;

namespace Codex.Gateway.Tests.Proxy;

public sealed class OtherEndpointsTests
{
    [Theory]
    [InlineData("GET", "/v1/responses", 426, "websocket_not_supported")]
    [InlineData("GET", "/v1/chat/completions", 405, "method_not_allowed")]
    [InlineData("DELETE", "/v1/responses", 405, "method_not_allowed")]
    [InlineData("POST", "/healthz", 405, "method_not_allowed")]
    [InlineData("GET", "/v1/files", 404, "not_found")]
    [InlineData("POST", "/responses", 404, "not_found")]
    [InlineData("GET", "/", 404, "not_found")]
    public async Task What_is_not_served_says_so_and_names_what_is(string method, string path, int status, string code)
    {
        await using var gateway = await RunningGateway.StartAsync();

        using var response = await gateway.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        ((int)response.StatusCode).ShouldBe(status);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var error = json.RootElement.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("message").GetString()!.ShouldContain("POST /v1/responses");
    }

    [Fact]
    public async Task Codex_doctor_finds_somebody_at_home()
    {
        await using var gateway = await RunningGateway.StartAsync();

        using var response = await gateway.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/v1/responses"));

        response.IsSuccessStatusCode.ShouldBeTrue();
    }
}
