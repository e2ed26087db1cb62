using System.Text;
using Codex.Translation.Chat;

namespace Codex.Translation.Tests.Chat;

public class UpstreamFaultReaderTests
{
    [Theory]
    [InlineData("{\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":\"c\"}}", null, "c", "t", "m")]
    [InlineData("{\"error\":{\"message\":\"m\",\"code\":503}}", 503, "503", null, "m")]
    [InlineData("{\"error\":{\"message\":\"m\",\"code\":12,\"status\":404}}", 404, "12", null, "m")]
    [InlineData("{\"error\":{\"detail\":\"m\",\"status_code\":429}}", 429, null, null, "m")]
    [InlineData("{\"error\":\"m\"}", null, null, null, "m")]
    [InlineData("{\"error\":{\"odd\":1}}", null, null, null, "{\"odd\":1}")]
    [InlineData("{\"error\":\"m\",\"choices\":[{\"delta\":{}}]}", null, null, null, "m")]
    [InlineData("{\"base_resp\":{\"status_code\":2013,\"status_msg\":\"m\"}}", null, "2013", null, "m")]
    [InlineData("{\"base_resp\":{\"status_code\":2013}}", null, "2013", null, "status 2013")]
    [InlineData("{\"detail\":\"m\"}", null, null, null, "m")]
    [InlineData("{\"detail\":[{\"loc\":[\"a\"],\"msg\":\"m\"},{\"msg\":\"n\"}]}", null, null, null, "m; n")]
    [InlineData("{\"message\":\"m\",\"code\":422}", 422, "422", null, "m")]
    [InlineData("{\"object\":\"error\",\"message\":\"m\"}", null, null, null, "m")]
    [InlineData("{\"success\":false}", null, null, null, "the backend reported an error without a message")]
    [InlineData("{\"success\":false,\"msg\":\"m\"}", null, null, null, "m")]
    [InlineData("{\"title\":\"Not Found\",\"status\":404}", 404, null, null, "Not Found")]
    [InlineData("[{\"error\":{\"code\":400,\"message\":\"m\"}}]", 400, "400", null, "m")]
    [InlineData("{\"data\":{\"error\":\"m\"}}", null, null, null, "m")]
    [InlineData("{\"choices\":[{\"error\":{\"message\":\"m\",\"code\":502}}]}", 502, "502", null, "m")]
    public void An_error_is_read_in_every_shape(string body, int? status, string? code, string? type, string message) =>
        UpstreamFaultReader.ReadBody(Encoding.UTF8.GetBytes(body)).ShouldBe(new UpstreamFault(status, code, type, message));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("{\"error\":null}")]
    [InlineData("{\"error\":false}")]
    [InlineData("{\"error\":\"\"}")]
    [InlineData("{\"success\":true,\"base_resp\":{\"status_code\":0,\"status_msg\":\"ok\"}}")]
    [InlineData("{\"message\":\"\",\"detail\":[]}")]
    [InlineData("{\"message\":\"Success\",\"code\":0}")]
    [InlineData("{\"message\":\"ok\",\"usage\":{\"prompt_tokens\":1}}")]
    [InlineData("{\"title\":\"\\ud83d\"}")]
    [InlineData("[{\"title\":\"x\"},")]
    [InlineData("{\"message\":\"queued\",\"choices\":[]}")]
    public void What_names_no_error_is_none(string body) => UpstreamFaultReader.ReadBody(Encoding.UTF8.GetBytes(body)).ShouldBeNull();
}
