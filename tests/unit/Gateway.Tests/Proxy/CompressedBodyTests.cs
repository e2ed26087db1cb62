using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Hosting;
using Codex.ScriptedUpstream;

namespace Codex.Gateway.Tests.Proxy;

public sealed class CompressedBodyTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_body_is_forwarded_plain(string encoding)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Body(200, "{}"));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        const string body = """{"model":"scripted-model","x":"é"}""";

        using var response = await SendAsync(gateway, encoding, Compress(encoding, body));

        ((int)response.StatusCode).ShouldBe(200);
        var sent = upstream.ChatRequests.Single();
        sent.BodyText.ShouldBe(body);
        sent.Headers.Keys.ShouldNotContain("Content-Encoding");
    }

    [Theory]
    [InlineData("gzip", "not gzip at all", 400, "invalid_encoding")]
    [InlineData("compress", "x", 415, "unsupported_encoding")]
    public async Task What_cannot_be_decompressed_is_refused_with_its_reason(string encoding, string body, int status, string code)
    {
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View("one", "http://127.0.0.1:9/v1", "a"));

        using var response = await SendAsync(gateway, encoding, Encoding.UTF8.GetBytes(body));

        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldContain($"\"code\":\"{code}\"");
    }

    [Fact]
    public async Task A_small_body_that_expands_beyond_the_bound_is_refused_with_413()
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { MaxBodyBytes = 10_000 }, RunningGateway.View("one", "http://127.0.0.1:9/v1", "a"));

        using var response = await SendAsync(gateway, "gzip", Compress("gzip", new string(' ', 1_000_000)));

        ((int)response.StatusCode).ShouldBe(413);
    }

    private static Task<HttpResponseMessage> SendAsync(RunningGateway gateway, string encoding, byte[] body)
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        content.Headers.ContentEncoding.Add(encoding);
        return gateway.Client.PostAsync("/v1/chat/completions", content);
    }

    private static byte[] Compress(string encoding, string text)
    {
        using var target = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Fastest),
            "br" => new BrotliStream(target, CompressionLevel.Fastest),
            _ => new ZLibStream(target, CompressionLevel.Fastest),
        })
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return target.ToArray();
    }
}
