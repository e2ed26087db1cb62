using BenchmarkDotNet.Attributes;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Translate;

namespace Codex.Bench.Micro;

/// <summary>One whole request: its bytes read, translated, and written for the backend.</summary>
public class RequestBenchmarks
{
    private readonly byte[] _body = CodexRequest.Create(items: 40);
    private readonly Dialect _dialect = DialectRegistry.Find("generic")!;

    [Benchmark(Description = "request of 40 items and 12 tools")]
    public int Translate() =>
        ResponsesRequestReader.Read(_body) is RequestReading.Read { Request: var request }
        && RequestTranslation.ToChat(request, _dialect, "model") is RequestTranslated.Ready { Call: var call }
            ? call.ToUtf8().Length
            : throw new InvalidOperationException("The request was refused.");
}
