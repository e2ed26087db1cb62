using System.Globalization;
using System.Net;
using System.Text;

namespace Codex.Contract.Tests.Chaos;

/// <summary>One user: asks again and again, in every way there is, and sometimes leaves.</summary>
internal sealed class ChaosClient(string name, HttpClient http, AttemptLedger ledger, Tally tally, Fate fate)
{
    /// <summary>No request of a run can rightly take so long.</summary>
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(90);

    private int _asked;

    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{_asked++}");
            try
            {
                await AskAsync(id);
            }
            catch (Exception error)
            {
                ledger.Accuse($"{id}: {error.Message.ReplaceLineEndings(" ")}");
            }
        }
    }

    private async Task AskAsync(string id)
    {
        var random = fate.Of($"client {id}");
        var manner = Manner.Draw(random);
        using var limit = new CancellationTokenSource(HangLimit);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var leaves = random.Next(8) == 0;
        if (leaves)
            leaving.CancelAfter(random.Next(600));
        using var body = new MemoryStream();
        HttpStatusCode? status = null;
        var isWhole = false;
        try
        {
            using var request = manner.Request(id);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
            status = response.StatusCode;
            await using var stream = await response.Content.ReadAsStreamAsync(leaving.Token);
            await ReadAsync(stream, body, random, leaving.Token);
            isWhole = true;
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException)
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"{manner} hung for {HangLimit.TotalSeconds} s after {body.Length} bytes, status {status}", error);
            // Broken off by the gateway, unless it was we who left.
        }

        var left = leaving.IsCancellationRequested && !isWhole;
        var text = Encoding.UTF8.GetString(body.ToArray());
        try
        {
            if (AnswerCheck.MarkIn(text, id) is { } heard)
                ledger.Hear(id, heard);
            if (!left)
                ledger.End(id);
            tally.Count(left ? "client left" : AnswerCheck.Check(manner, id, status, isWhole, text, fate));
        }
        catch (Exception error)
        {
            throw new InvalidDataException($"{manner}, {ledger.Told(id)}: {error.Message} at the end of: …{text[Math.Max(0, text.Length - 1500)..]}", error);
        }
    }

    private static async Task ReadAsync(Stream stream, MemoryStream body, Random random, CancellationToken cancellation)
    {
        var slow = random.Next(30) == 0;
        var buffer = new byte[slow ? 256 : 16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            body.Write(buffer, 0, read);
            if (slow && body.Length < 8 * 1024)
                await Task.Delay(5, cancellation);
        }
    }
}

/// <summary>How one request is made.</summary>
internal sealed record Manner(bool SpeaksResponses, bool Streams, bool IsCodex)
{
    public static Manner Draw(Random random) => random.Next(100) switch
    {
        < 35 => new Manner(SpeaksResponses: true, Streams: true, IsCodex: true),
        < 60 => new Manner(SpeaksResponses: true, Streams: true, IsCodex: false),
        < 70 => new Manner(SpeaksResponses: true, Streams: false, IsCodex: false),
        < 75 => new Manner(SpeaksResponses: true, Streams: false, IsCodex: true),
        < 90 => new Manner(SpeaksResponses: false, Streams: true, IsCodex: false),
        _ => new Manner(SpeaksResponses: false, Streams: false, IsCodex: false),
    };

    public HttpRequestMessage Request(string id)
    {
        var stream = Streams ? ",\"stream\":true" : "";
        var body = SpeaksResponses
            ? $$"""{"model":"m","instructions":"Be brief.","input":"id={{id}}","prompt_cache_key":"{{id}}","tools":[{"type":"function","name":"look","parameters":{"type":"object","properties":{"mark":{"type":"string"} } } }]{{stream}}}"""
            : $$"""{"model":"m","messages":[{"role":"user","content":"id={{id}}"}]{{stream}}}""";
        var request = new HttpRequestMessage(HttpMethod.Post, SpeaksResponses ? "/v1/responses" : "/v1/chat/completions")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (IsCodex)
            request.Headers.Add("originator", "codex_cli_rs");
        return request;
    }
}
