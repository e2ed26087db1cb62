using System.Text;
using Codex.Gateway.Logging;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Text;
using Codex.Translation.Translate;

namespace Codex.Gateway.Tests.Proxy;

public sealed class TranscodingStreamTests : IDisposable
{
    private const string Word = """data: {"choices":[{"delta":{"content":"word"}}]}""" + "\n\n";
    private const string Done = """data: {"choices":[{"delta":{},"finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n";

    private readonly ChannelStream _upstream = new();
    private readonly RequestDeadline _deadline = new(TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);
    private readonly RequestLog _log = new() { RequestId = "req_1" };
    private readonly byte[] _buffer = new byte[64 * 1024];

    public void Dispose()
    {
        _deadline.Dispose();
        _upstream.Dispose();
    }

    [Fact]
    public async Task Each_read_gives_whole_events_and_the_last_one_the_end_although_upstream_stays_open()
    {
        using var stream = Transcode();
        var reads = new List<string> { await ReadAsync(stream) };
        _upstream.Send(Word);
        reads.Add(await ReadAsync(stream));
        _upstream.Send(Word + Done);
        _log.IsComplete.ShouldBeFalse();
        for (var read = await ReadAsync(stream); read.Length > 0; read = await ReadAsync(stream))
            reads.Add(read);

        _log.IsComplete.ShouldBeTrue();
        reads.ShouldAllBe(r => r.StartsWith("event: ", StringComparison.Ordinal) && r.EndsWith("\n\n", StringComparison.Ordinal));
        reads[0].ShouldStartWith("event: response.created");
        reads[^1].ShouldContain("event: response.completed");
        stream.Dispose();
        _upstream.ReadWasCancelled.ShouldBeFalse();
        _upstream.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task Upstream_is_read_only_when_the_client_reads()
    {
        using var stream = Transcode();
        for (var i = 0; i < 10; i++)
            _upstream.Send(Word);

        await ReadAsync(stream);
        _upstream.Reads.ShouldBe(0);
        await ReadAsync(stream);
        _upstream.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_read_waits_for_events_and_takes_none()
    {
        using var stream = Transcode();
        (await stream.ReadAsync(Memory<byte>.Empty)).ShouldBe(0);
        (await ReadAsync(stream)).ShouldStartWith("event: response.created");

        var waiting = stream.ReadAsync(Memory<byte>.Empty).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        _upstream.Send(Word);

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(0);
        (await ReadAsync(stream)).ShouldContain("word");
    }

    [Fact]
    public async Task An_abandoned_answer_is_cancelled_before_it_is_disposed_whether_a_read_waits_or_not()
    {
        var stream = Transcode();
        await ReadAsync(stream);
        _upstream.Send(Word);
        await ReadAsync(stream);

        stream.Dispose();

        _upstream.DisposedAfterCancel.ShouldBeTrue();
    }

    [Fact]
    public async Task Holding_ends_with_the_first_words()
    {
        using var stream = Transcode();
        var priming = stream.PrimeAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        _upstream.Send(": comment\n\n");
        _upstream.Send(Word);

        await priming.WaitAsync(TimeSpan.FromSeconds(30));

        (await ReadAsync(stream)).ShouldContain("word");
    }

    [Fact]
    public async Task A_read_that_outlives_the_hold_is_not_lost()
    {
        using var stream = Transcode();
        await stream.PrimeAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        _upstream.Send(Word);

        (await ReadAsync(stream)).ShouldStartWith("event: response.created");
        (await ReadAsync(stream)).ShouldContain("word");
        _upstream.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task The_readers_cancellation_reaches_the_upstream_read_even_one_begun_while_holding()
    {
        using var stream = Transcode();
        await stream.PrimeAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        await ReadAsync(stream);
        using var gone = new CancellationTokenSource();
        var reading = stream.ReadAsync(_buffer, gone.Token).AsTask();

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(reading);
        _upstream.ReadWasCancelled.ShouldBeTrue();
    }

    [Theory]
    [InlineData("cut", "broke in the middle of its answer")]
    [InlineData("end", "closed the connection")]
    [InlineData("idle", "sent nothing for 0.2 s")]
    [InlineData("total", "took longer than 0.2 s in all")]
    public async Task However_an_answer_breaks_off_its_last_event_says_so(string how, string words)
    {
        var limit = TimeSpan.FromSeconds(0.2);
        var timeouts = ProviderTimeouts.Default;
        using var stream = Transcode(how switch { "idle" => timeouts with { Idle = limit }, "total" => timeouts with { Total = limit }, _ => timeouts });
        _upstream.Send(Word);
        if (how == "cut")
            _upstream.Break();
        else if (how == "end")
            _upstream.End();

        var all = new StringBuilder();
        for (var read = await ReadAsync(stream); read.Length > 0; read = await ReadAsync(stream))
            all.Append(read);

        var last = all.ToString().Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1];
        last.ShouldStartWith("event: response.failed");
        last.ShouldContain(words);
    }

    [Fact]
    public async Task Time_a_slow_client_takes_is_not_the_backends_silence()
    {
        using var stream = Transcode(ProviderTimeouts.Default with { Idle = TimeSpan.FromSeconds(0.2) });
        await ReadAsync(stream);
        _upstream.Send(Word);
        await ReadAsync(stream);
        await Task.Delay(TimeSpan.FromSeconds(0.5));
        _upstream.Send(Done);

        var rest = new StringBuilder();
        for (var read = await ReadAsync(stream); read.Length > 0; read = await ReadAsync(stream))
            rest.Append(read);
        rest.ToString().ShouldContain("event: response.completed");
    }

    private TranscodingStream Transcode(ProviderTimeouts? timeouts = null, TimeSpan? keepAlive = null, CancellationToken stop = default)
    {
        var provider = new Provider("p", ProviderOrigin.Configured, DialectRegistry.Generic, [new Uri("http://127.0.0.1:9/v1")])
        {
            Timeouts = timeouts ?? ProviderTimeouts.Default,
        };
        var request = new ResponsesRequest { Model = "m", Stream = true };
        var call = new ChatCall(new ChatRequest { Model = "m" }, DialectRegistry.Generic, ToolMap.Empty, [], AnswerKind.Response, EstimatedPromptTokens: 1);
        var plan = new AnswerPlan(call, new ResponseTemplate("resp_1", 1, request), default, Redaction.None);
        var exchange = new Exchange
        {
            Endpoint = ProxyEndpoint.Responses,
            Client = ClientKind.Other,
            Provider = provider,
            Target = new ModelResolution.Resolved(RunningGateway.View(provider, "m"), "m", null, null),
            Model = "m",
            Body = default,
            UpstreamPath = "/chat/completions",
            WantsEvents = true,
            Credentials = new UpstreamCredentials([], HasSecret: false, Redaction.None),
            Plan = plan,
            Deadline = _deadline,
        };
        return new TranscodingStream(_upstream, plan.NewTranscoder(), exchange, _log, keepAlive ?? TimeSpan.FromMinutes(1), TimeProvider.System, stop);
    }

    private async Task<string> ReadAsync(Stream stream)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return Encoding.UTF8.GetString(_buffer, 0, await stream.ReadAsync(_buffer, limit.Token));
    }
}
