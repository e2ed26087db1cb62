using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Hosting;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;

namespace Codex.Gateway.Tests.Proxy;

/// <summary>
/// How soon a request ends whose client has left, wherever it is just then. The least of several times is held
/// against the limit: a busy machine makes any one of them late, and never all of them early.
/// </summary>
public sealed class ClientGoneTests
{
    private const int Times = 8;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);
    private static readonly ChatScript Talking = new ChatStreamBuilder().Role().Content("hello").Hang().ToScript();

    /// <summary>What the backend does; the request; what the client hears before it leaves.</summary>
    public static TheoryData<string, ChatScript, string, bool, string?> AtTheBackend => new()
    {
        { "while headers are awaited", ChatScript.Silence(), "/v1/responses", false, null },
        { "during signs of life", ChatScript.Silence(), "/v1/responses", true, "response.in_progress" },
        { "in the middle of a stream", Talking, "/v1/responses", true, "hello" },
        { "while the whole is awaited", Talking, "/v1/responses", false, null },
        { "in a stream that passes", Talking, "/v1/chat/completions", true, "hello" },
        { "before a passing answer", ChatScript.Silence(), "/v1/chat/completions", true, null },
        { "at the beginning of a passing answer", new([ChatScript.Head(200, ChatScript.JsonType), new ScriptStep.Flush(), new ScriptStep.Hang()]), "/v1/chat/completions", false, null },
    };

    /// <summary>What every request meets; whether the provider takes one at a time.</summary>
    public static TheoryData<string, ChatScript, bool> BeforeTheBackend => new()
    {
        { "in the queue", ChatScript.Silence(), true },
        { "in the wait before another attempt", ChatScript.RateLimited(30), false },
        { "while the model is loaded", ChatScript.Loading(), false },
    };

    [Theory]
    [MemberData(nameof(AtTheBackend))]
    public async Task The_backend_hears_at_once_that_the_client_has_left(string situation, ChatScript script, string path, bool streams, string? heard)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Answer = _ => script;
        await using var gateway = await StartAsync(upstream, onlyOne: false);
        var late = new List<TimeSpan>();
        for (var i = 0; i < Times; i++)
        {
            using var leaving = new CancellationTokenSource();
            var asking = AskAsync(gateway, path, streams, heard, leaving.Token);
            var asked = await upstream.ChatRequestAsync(i);
            await asking.Heard.WaitAsync(TimeSpan.FromSeconds(30));

            var left = DateTimeOffset.UtcNow;
            await leaving.CancelAsync();

            (await asked.Ended.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeOfType<RequestEnd.ClientGone>(situation);
            late.Add(asked.ClientAbortedAt!.Value - left);
            await Should.ThrowAsync<Exception>(asking.Done);
        }

        late.Min().ShouldBeLessThan(Limit, $"{situation}: {string.Join(", ", late.Select(l => l.TotalMilliseconds))} ms");
    }

    [Theory]
    [MemberData(nameof(BeforeTheBackend))]
    public async Task A_request_that_waits_gives_up_at_once_when_its_client_has_left(string situation, ChatScript script, bool onlyOne)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Answer = _ => script;
        await using var gateway = await StartAsync(upstream, onlyOne);
        using var holding = new CancellationTokenSource();
        var holder = onlyOne ? AskAsync(gateway, "/v1/chat/completions", streams: true, heard: null, holding.Token).Done : Task.CompletedTask;
        if (onlyOne)
            await upstream.ChatRequestAsync(0);
        var late = new List<TimeSpan>();
        for (var i = 0; i < Times; i++)
        {
            using var leaving = new CancellationTokenSource();
            var asking = AskAsync(gateway, "/v1/responses", streams: true, "response.in_progress", leaving.Token);
            await asking.Heard.WaitAsync(TimeSpan.FromSeconds(30));

            var left = DateTimeOffset.UtcNow;
            await leaving.CancelAsync();

            var line = (await gateway.Log.RequestLinesAsync("/v1/responses", i + 1))[i];
            CapturedLog.Text(line, "Status").ShouldBe("499", situation);
            late.Add(line.Timestamp - left);
            await Should.ThrowAsync<Exception>(asking.Done);
        }

        late.Min().ShouldBeLessThan(Limit, $"{situation}: {string.Join(", ", late.Select(l => l.TotalMilliseconds))} ms");
        await holding.CancelAsync();
        if (onlyOne)
            await Should.ThrowAsync<Exception>(holder);
    }

    private static Task<RunningGateway> StartAsync(ScriptedUpstreamServer upstream, bool onlyOne) => RunningGateway.StartAsync(
        new GatewaySettings { KeepAlive = TimeSpan.FromMilliseconds(50) },
        RunningGateway.View(upstream, p => p with
        {
            Retries = ProviderRetries.Default,
            Concurrency = onlyOne ? new ProviderConcurrency(1, 100) : null,
        }));

    /// <param name="heard">What has to arrive before the client may leave; null for nothing.</param>
    private static (Task Heard, Task Done) AskAsync(RunningGateway gateway, string path, bool streams, string? heard, CancellationToken leaving)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (heard is null)
            arrived.SetResult();
        return (arrived.Task, ReadAsync());

        async Task ReadAsync()
        {
            var stream = streams ? ",\"stream\":true" : "";
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new StringContent($$"""{"model":"scripted-model","input":"hi","messages":[]{{stream}}}""", null, "application/json"),
            };
            using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(leaving));
            while (await reader.ReadLineAsync(leaving) is { } line)
            {
                if (heard is not null && line.Contains(heard, StringComparison.Ordinal))
                    arrived.TrySetResult();
            }
        }
    }
}
