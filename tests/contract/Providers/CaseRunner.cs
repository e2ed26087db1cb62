using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Codex.Contract.Tests.Providers;

/// <summary>Asks a provider one case, through the gateway, and judges what comes back.</summary>
internal sealed class CaseRunner(ProviderUnderTest provider, TimeSpan limit)
{
    private const string WrongKey = "no-such-key-4711";

    /// <summary>Room for a model that thinks; an answer of a few words needs far less.</summary>
    private const int MostTokens = 4096;

    public async Task<CaseResult> RunAsync(ProviderCase question)
    {
        var watch = Stopwatch.StartNew();
        var outcome = await JudgeAsync(question);
        return new CaseResult(question, outcome, watch.Elapsed);
    }

    private async Task<Outcome> JudgeAsync(ProviderCase question)
    {
        if (question.NotFor(provider.Facts) is { } reason)
            return new Outcome.NotApplicable(reason);
        using var time = new CancellationTokenSource(limit);
        try
        {
            return await AskAsync(question, time.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            return new Outcome.Fail($"no answer within {limit.TotalSeconds:0} s");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            return new Outcome.Fail($"the answer cannot be read: {error.Message}");
        }
    }

    private async Task<Outcome> AskAsync(ProviderCase question, CancellationToken cancellation)
    {
        var request = question.RequestTo(provider.Facts);
        switch (question.Way)
        {
            case CaseWay.Together:
                var both = await Task.WhenAll(SendAsync(question, request, cancellation), SendAsync(question, request, cancellation));
                return both.Select(a => Judge(question.Check, a)).FirstOrDefault(o => o is not Outcome.Pass) ?? Checks.Pass;
            case CaseWay.AfterLeaving:
                await LeaveAsync(question, request, cancellation);
                return Judge(question.Check, await SendAsync(question, request, cancellation));
            case CaseWay.Once:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(question), question.Way, message: null);
        }

        var answer = await SendAsync(question, request, cancellation);
        if (question.Then is not { } then)
            return Judge(question.Check, answer);
        return Judge(then.Check, answer) is not Outcome.Pass and var early
            ? early
            : Judge(question.Check, await SendAsync(question, then.Request(answer), cancellation));
    }

    private static Outcome Judge(Func<CaseAnswer, Outcome> check, CaseAnswer answer) =>
        answer.FlawOfForm() is { } flaw ? new Outcome.Fail(flaw) : check(answer);

    private async Task<CaseAnswer> SendAsync(ProviderCase question, string request, CancellationToken cancellation)
    {
        var before = provider.UpstreamRequests;
        using var message = Message(question, request);
        using var response = await provider.Gateway.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var dropped = response.Headers.TryGetValues("x-gateway-dropped", out var values) ? string.Join(',', values) : "";
        var events = ImmutableArray<JsonElement>.Empty;
        JsonElement body = default;
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellation))
                events = events.Add(Parse(item.Data));
            if (!events.IsEmpty && events[^1].TryGetProperty("response", out var last))
                body = last;
        }
        else
        {
            body = Parse(await response.Content.ReadAsStringAsync(cancellation));
        }

        return new CaseAnswer((int)response.StatusCode, events, body, dropped, provider.UpstreamRequests - before);
    }

    private async Task LeaveAsync(ProviderCase question, string request, CancellationToken cancellation)
    {
        using var message = Message(question, request);
        using var response = await provider.Gateway.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        _ = await stream.ReadAsync(new byte[1], cancellation);
    }

    private HttpRequestMessage Message(ProviderCase question, string request)
    {
        var body = JsonNode.Parse(request)!.AsObject();
        body["model"] = question.Model ?? provider.Facts.Model;
        body["stream"] = question.Streams;
        if (!body.ContainsKey("max_output_tokens"))
            body["max_output_tokens"] = MostTokens;
        var message = new HttpRequestMessage(HttpMethod.Post, "/v1/responses") { Content = new StringContent(body.ToJsonString()) };
        message.Content.Headers.ContentType = new("application/json");
        if ((question.WithWrongKey ? WrongKey : provider.Key) is { } key)
            message.Headers.Authorization = new("Bearer", key);
        return message;
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
