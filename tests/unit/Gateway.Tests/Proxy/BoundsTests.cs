using System.Net;
using Codex.Gateway.Demo.Scripts;
using Codex.ScriptedUpstream;

namespace Codex.Gateway.Tests.Proxy;

/// <summary>Nothing that a client or a backend sends, or does not take, makes the gateway hold more than a bound.</summary>
public sealed class BoundsTests
{
    private const int Chunks = 768;

    /// <summary>What the sockets of both connections hold on their own, which the operating system lets grow to several MiB each.</summary>
    private const long MostUnderWay = 32L * 1024 * 1024;

    [Theory]
    [InlineData("/v1/responses")]
    [InlineData("/v1/chat/completions")]
    public async Task A_backend_is_not_read_while_the_client_does_not_read(string path)
    {
        var piece = new string('x', 64 * 1024);
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content([.. Enumerable.Repeat(piece, Chunks)]).Finish().Done().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync(path, """{"model":"scripted-model","stream":true,"input":"hi","messages":[]}""");
        var record = await upstream.ChatRequestAsync(0);
        var sent = await StandstillAsync(record);

        sent.ShouldBeLessThan(MostUnderWay);
        record.Ended.IsCompleted.ShouldBeFalse();
        var all = await response.Content.ReadAsStringAsync();
        all.Length.ShouldBeGreaterThan(Chunks * piece.Length);
        all.ShouldEndWith(path == "/v1/responses" ? "}}\n\n" : "data: [DONE]\n\n");
    }

    [Theory]
    [InlineData("/v1/responses")]
    [InlineData("/v1/chat/completions")]
    public async Task Giant_headers_of_a_backend_are_an_error_of_the_backend(string path)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Answer = _ => ChatScript.Body(200, "{}").WithHeader("x-giant", new string('x', 100_000));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync(path, """{"model":"scripted-model","input":"hi","messages":[]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await response.Content.ReadAsStringAsync()).ShouldContain("the headers of its answer are too long");
    }

    [Fact]
    public async Task A_giant_error_is_told_in_part()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Answer = _ => ChatScript.Error(422, new string('x', 10_000_000), "odd");
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses", """{"model":"scripted-model","input":"hi"}""");

        (await response.Content.ReadAsStringAsync()).Length.ShouldBeLessThan(4096);
    }

    [Fact]
    public async Task Headers_of_a_request_are_bounded_in_number_and_length()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        const string Body = """{"model":"scripted-model","input":"hi"}""";

        using var many = await gateway.PostAsync("/v1/responses", Body, [.. Enumerable.Range(0, 200).Select(i => ($"x-many-{i}", "1"))]);
        using var giant = await gateway.PostAsync("/v1/responses", Body, ("x-giant", new string('x', 100_000)));
        using var line = await gateway.PostAsync("/v1/responses?" + new string('x', 20_000), Body);

        many.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        giant.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        line.StatusCode.ShouldBe(HttpStatusCode.RequestUriTooLong);
        upstream.ChatRequests.ShouldBeEmpty();
    }

    /// <summary>How much the backend could send when it can send no more.</summary>
    private static async Task<long> StandstillAsync(RecordedRequest record)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var (last, still) = (-1L, 0); ;)
        {
            await Task.Delay(50, limit.Token);
            still = record.BytesSent == last && last > 0 ? still + 1 : 0;
            last = record.BytesSent;
            if (still == 20)
                return last;
        }
    }
}
