using System.Net;
using System.Net.Sockets;
using System.Text;
using Codex.Gateway.Demo.Scripts;
using Codex.ScriptedUpstream;

namespace Codex.Gateway.Tests.Demo;

/// <summary>The scripted upstream over a real socket: other tests rely on its cuts and records being exact.</summary>
public sealed class ScriptedUpstreamTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new() { Timeout = Limit };
    private ScriptedUpstreamServer _upstream = null!;

    private static ChatScript Hello => new ChatStreamBuilder().Role().Content("Hel", "lo, wörld").Finish().Done().ToScript();

    public async Task InitializeAsync() => _upstream = await ScriptedUpstreamServer.StartAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_arrives_with_exactly_the_bytes_of_its_script()
    {
        _upstream.Enqueue(Hello);

        using var response = await PostAsync("{}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await response.Content.ReadAsStringAsync()).ShouldBe(Hello.BodyText());
        var record = _upstream.ChatRequests.Single();
        (await record.Ended.WaitAsync(Limit)).ShouldBeOfType<RequestEnd.Complete>();
        record.BytesSent.ShouldBe(Hello.BodyBytes().Length);
    }

    [Fact]
    public async Task Every_byte_of_a_byte_by_byte_script_is_a_chunk_of_its_own()
    {
        _upstream.Enqueue(Hello.ByteByByte());

        var wire = await RawExchangeAsync();

        var body = Hello.BodyBytes();
        var chunks = string.Concat(body.Select(value => $"1\r\n{(char)value}\r\n")) + "0\r\n\r\n";
        wire[(wire.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].ShouldBe(chunks);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(300)]
    public async Task A_cut_breaks_the_connection_after_exactly_that_many_bytes(int bytes)
    {
        _upstream.Enqueue(Hello.CutAfter(bytes));

        using var response = await PostAsync("{}");
        var (body, error) = await ReadToTheEndAsync(response);

        body.ShouldBe(Hello.BodyBytes()[..bytes]);
        error.ShouldNotBeNull();
        error.GetBaseException().ShouldBeOfType<SocketException>().SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        (await _upstream.ChatRequests.Single().Ended.WaitAsync(Limit)).ShouldBeOfType<RequestEnd.Broken>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public async Task An_early_end_is_a_clean_end_of_the_body(int bytes)
    {
        _upstream.Enqueue(Hello.EndAfter(bytes));

        using var response = await PostAsync("{}");
        var (body, error) = await ReadToTheEndAsync(response);

        body.ShouldBe(Hello.BodyBytes()[..bytes]);
        error.ShouldBeNull();
    }

    [Fact]
    public async Task A_client_that_goes_away_is_recorded_with_its_time()
    {
        _upstream.Enqueue(Hello.HangAfter(20));

        var response = await PostAsync("{}");
        var record = await _upstream.ChatRequestAsync(0);
        record.ClientAborted.ShouldBeFalse();
        response.Dispose();

        var end = await record.Ended.WaitAsync(Limit);
        end.ShouldBeOfType<RequestEnd.ClientGone>();
        record.ClientAbortedAt.ShouldBe(end.At);
        end.At.ShouldBeGreaterThanOrEqualTo(record.ReceivedAt);
        record.BytesSent.ShouldBe(20);
    }

    [Fact]
    public async Task A_refused_request_breaks_before_any_header()
    {
        _upstream.Enqueue(ChatScript.Refuse());

        await Should.ThrowAsync<HttpRequestException>(() => PostAsync("{}"));
    }

    [Fact]
    public async Task Nothing_listens_on_the_refused_address()
    {
        var error = await Should.ThrowAsync<HttpRequestException>(
            () => _client.GetAsync(ScriptedUpstreamServer.RefusedBaseUrl() + "/models"));

        error.HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
    }

    [Fact]
    public async Task A_cold_start_answers_503_as_often_as_asked_and_then_the_answer()
    {
        _upstream.Repeat(2, ChatScript.Loading()).Enqueue(Hello);

        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await PostAsync("{}");
            statuses.Add((int)response.StatusCode);
        }

        statuses.ShouldBe([503, 503, 200]);
    }

    [Fact]
    public async Task A_rate_limit_names_its_seconds()
    {
        _upstream.Enqueue(ChatScript.RateLimited(7));

        using var response = await PostAsync("{}");

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        (await response.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"rate_limit_exceeded\"");
    }

    [Fact]
    public async Task Headers_can_be_sent_long_before_the_first_byte()
    {
        _upstream.Enqueue(new ChatScript([ChatScript.Head(200, ChatScript.EventStream), new ScriptStep.Flush(), new ScriptStep.Hang()]));

        using var response = await PostAsync("{}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_record_holds_method_path_query_headers_and_body()
    {
        _upstream.Answer = request => ChatScript.Body(200, request.BodyText);
        using var message = new HttpRequestMessage(HttpMethod.Post, _upstream.BaseUrl + "/chat/completions?x=1")
        {
            Content = new StringContent("""{"model":"ü"}"""),
        };
        message.Headers.Add("X-Key", ["a", "b"]);

        using var response = await _client.SendAsync(message);

        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"model":"ü"}""");
        var record = _upstream.Requests.Single();
        record.Method.ShouldBe("POST");
        record.Path.ShouldBe("/v1/chat/completions");
        record.Query.ShouldBe("?x=1");
        record.Headers["x-key"].Replace(" ", "", StringComparison.Ordinal).ShouldBe("a,b");
        record.Json().GetProperty("model").GetString().ShouldBe("ü");
    }

    [Fact]
    public async Task Models_and_extra_routes_answer_what_the_test_says()
    {
        _upstream.Models("a", "b").Route("GET", "/props", """{"n_ctx":4096}""")
            .Route("POST", "/api/show", request => ChatScript.Body(200, request.BodyText));

        (await _client.GetStringAsync(_upstream.BaseUrl + "/models")).ShouldContain("\"id\":\"b\"");
        (await _client.GetStringAsync(_upstream.RootUrl + "/props")).ShouldBe("""{"n_ctx":4096}""");
        using var shown = await _client.PostAsync(_upstream.RootUrl + "/api/show", new StringContent("{\"model\":\"a\"}"));
        (await shown.Content.ReadAsStringAsync()).ShouldBe("{\"model\":\"a\"}");
        using var unknown = await _client.GetAsync(_upstream.RootUrl + "/nowhere");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        _upstream.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_request_without_a_script_says_so()
    {
        using var response = await PostAsync("{}");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).ShouldContain("No script is queued");
    }

    private Task<HttpResponseMessage> PostAsync(string json) => _client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, _upstream.BaseUrl + "/chat/completions") { Content = new StringContent(json) },
        HttpCompletionOption.ResponseHeadersRead);

    private static async Task<(byte[] Body, Exception? Error)> ReadToTheEndAsync(HttpResponseMessage response)
    {
        using var body = new MemoryStream();
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync();
            await stream.CopyToAsync(body);
            return (body.ToArray(), null);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return (body.ToArray(), error);
        }
    }

    private async Task<string> RawExchangeAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_upstream.BaseUrl).Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
