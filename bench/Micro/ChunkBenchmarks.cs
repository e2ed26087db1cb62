using System.Buffers;
using BenchmarkDotNet.Attributes;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.EventStream;
using Codex.Translation.Responses;
using Codex.Translation.Translate;

namespace Codex.Bench.Micro;

/// <summary>One chat chunk to Responses events; every figure is for one chunk, the start and end of the answer shared out among them.</summary>
public class ChunkBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(1024 * 1024);
    private byte[][] _reads = [];
    private ChatCall _call = null!;
    private ResponseTemplate _template = null!;

    [Params("text", "reasoning", "tool call", "custom tool")]
    public string Stream { get; set; } = "text";

    internal int InputBytes => _reads.Sum(r => r.Length);

    [GlobalSetup]
    public void Prepare()
    {
        _reads = ChatStreams.Create(Stream);
        var request = ((RequestReading.Read)ResponsesRequestReader.Read(CodexRequest.Create(items: 2))).Request;
        _call = ((RequestTranslated.Ready)RequestTranslation.ToChat(request, DialectRegistry.Find("generic")!, "model")).Call;
        _template = new ResponseTemplate("resp_0123456789abcdef0123456789abcdef", 1_763_600_000, request);
    }

    [Benchmark(OperationsPerInvoke = ChatStreams.Chunks, Description = "translate")]
    public int OutputBytes()
    {
        var written = 0;
        using var transcoder = new StreamTranscoder(_template, _call, ResponseShape.Codex);
        _output.ResetWrittenCount();
        transcoder.Start(_output);
        foreach (var read in _reads)
        {
            transcoder.Push(read, 1_763_600_001, _output);
            written += _output.WrittenCount;
            _output.ResetWrittenCount();
        }

        return transcoder is { IsFinished: true, Response.Status: ResponseStatus.Completed }
            ? written
            : throw new InvalidOperationException("The stream was not translated to its end.");
    }

    [Benchmark(OperationsPerInvoke = ChatStreams.Chunks, Description = "cut and read only")]
    public int Read()
    {
        var parser = new EventStreamParser(StreamTranscoder.MaxEventBytes);
        var chunks = 0;
        foreach (var read in _reads)
        {
            ReadOnlySpan<byte> rest = read;
            while (parser.TryRead(ref rest, out var data))
                chunks += ChatChunkReader.TryRead(data, out _) ? 1 : 0;
        }

        return chunks;
    }
}
