using System.Buffers;
using Codex.Translation.Chat;
using Codex.Translation.EventStream;
using Codex.Translation.Responses;
using Codex.Translation.Text;

namespace Codex.Translation.Translate;

/// <summary>
/// Bytes of a chat answer in, bytes of a Responses event stream out. Synchronous and without I/O: the caller reads,
/// pushes and writes. Every call leaves whole events in the output; nothing is held back for the next.
/// </summary>
public sealed class StreamTranscoder : IDisposable
{
    /// <summary>The most bytes one event, or a JSON body in place of a stream, may have.</summary>
    public const int MaxEventBytes = 16 * 1024 * 1024;

    private readonly ChatToResponsesStream _machine;
    private readonly ResponsesEventWriter _writer = new();
    private readonly EventStreamParser _events = new(MaxEventBytes);
    private ArrayBufferWriter<byte>? _body;
    private Form _form;
    private bool _sawUsageAtEnd;

    /// <param name="redaction">For errors that the backend words itself.</param>
    public StreamTranscoder(ResponseTemplate template, ChatCall call, ResponseShape shape, Redaction? redaction = null) =>
        _machine = new ChatToResponsesStream(template, call, shape, redaction);

    private enum Form
    {
        Unknown,
        EventStream,
        Body,
    }

    /// <summary>True once the terminal event has been written; what the backend sends after it is ignored.</summary>
    public bool IsFinished => _machine.IsFinished;

    /// <summary>True once anything but <c>created</c> and <c>in_progress</c> has been written: from then on nothing may be retried.</summary>
    public bool HasOutput => _machine.HasOutput;

    /// <summary>True once the backend has said why it stops: what may follow is usage and the end of the stream.</summary>
    public bool HasFinishReason => _machine.HasFinishReason;

    /// <summary>The response as it stands; final once <see cref="IsFinished"/>.</summary>
    public ResponseObject Response => _machine.Response;

    public int ToolCallCount => _machine.ToolCallCount;

    /// <summary>What the model wrote wrongly and was mended, a sentence each.</summary>
    public IReadOnlyList<string> Repairs => _machine.Repairs;

    /// <summary>The sequence number of the next event; for <see cref="ContinueAt"/> of the transcoder that takes over.</summary>
    public int NextSequence => _machine.NextSequence;

    public void Dispose() => _writer.Dispose();

    /// <summary>Writes <c>created</c> and <c>in_progress</c>.</summary>
    public void Start(IBufferWriter<byte> output) => Write(_machine.Start(), output);

    /// <summary>In place of <see cref="Start"/>, when the client has been told of the beginning by another transcoder of the same answer.</summary>
    public void ContinueAt(int sequence) => _machine.ContinueAt(sequence);

    /// <summary>Writes <c>in_progress</c> once more: a typed event resets clients' idle timers, a comment does not (symptom 11).</summary>
    public void KeepAlive(IBufferWriter<byte> output) => Write(_machine.KeepAlive(), output);

    /// <summary>Takes the next bytes of the answer, cut anywhere; SSE or a JSON body.</summary>
    /// <param name="now">Unix seconds, for <c>completed_at</c>.</param>
    public void Push(ReadOnlySpan<byte> upstream, long now, IBufferWriter<byte> output)
    {
        if (_form == Form.Unknown)
            upstream = Recognise(upstream);
        if (_form == Form.Body)
        {
            if (_body!.WrittenCount + upstream.Length > MaxEventBytes)
                Write(_machine.Fail(TooLarge), output);
            else
                _body.Write(upstream);
            return;
        }

        while (!IsFinished && _events.TryRead(ref upstream, out var data))
            TakeEvent(data, _events.IsErrorEvent, now, output);
        if (_events.Overflowed)
            Write(_machine.Fail(TooLarge), output);
    }

    /// <summary>The answer ended: cleanly (null) or by a cut or timeout that <paramref name="cause"/> tells.</summary>
    public void End(ResponseError? cause, long now, IBufferWriter<byte> output)
    {
        if (IsFinished)
            return;
        if (_form == Form.Body)
        {
            TakeBody(cause, now, output);
            return;
        }

        while (!IsFinished && _events.TryReadRest(out var data))
            TakeEvent(data, _events.IsErrorEvent, now, output);
        if (IsFinished)
            return;
        // A finish reason, or usage in a chunk of its own, is the end of the answer whatever happens to the connection then.
        if (_machine.HasFinishReason || _sawUsageAtEnd)
            Write(_machine.Complete(now), output);
        else
            Write(_machine.Fail(cause ?? EndedEarly), output);
    }

    /// <summary>Ends with <c>response.failed</c> whatever came before.</summary>
    public void Fail(ResponseError error, IBufferWriter<byte> output) => Write(_machine.Fail(error), output);

    private static ResponseError EndedEarly => new(
        "server_error",
        "The backend closed the connection before the answer was complete. Send the request again.");

    private static ResponseError TooLarge => new(
        "server_error",
        $"The backend sent more than {MaxEventBytes / (1024 * 1024)} MiB in one event; the answer cannot be followed.");

    /// <returns>The bytes without what stands before a body; a stream's parser wants them all.</returns>
    private ReadOnlySpan<byte> Recognise(ReadOnlySpan<byte> upstream)
    {
        var start = upstream.TrimStart("\r\n\t \uFEFF"u8);
        if (start.IsEmpty)
            return upstream;
        // A stream begins with a field name or a colon; a body with a brace, a list, a page or a bare word.
        var isBody = start[0] is (byte)'{' or (byte)'[' or (byte)'<' or (byte)'"';
        _form = isBody ? Form.Body : Form.EventStream;
        if (!isBody)
            return upstream;
        _body = new ArrayBufferWriter<byte>(start.Length);
        return start;
    }

    private void TakeEvent(ReadOnlySpan<byte> data, bool isErrorEvent, long now, IBufferWriter<byte> output)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            // An answer of nothing at all, not even a reason to stop, is a backend that died politely.
            Write(_machine.HasFinishReason || _machine.HasAnswer ? _machine.Complete(now) : _machine.Fail(EndedEarly), output);
            return;
        }

        if (!ChatChunkReader.TryRead(data, out var chunk))
        {
            // An error event need not be JSON; any other data that is not JSON carries nothing.
            if (isErrorEvent)
                Write(_machine.Fail(new ResponseError("server_error", System.Text.Encoding.UTF8.GetString(data))), output);
            return;
        }

        if (isErrorEvent && chunk.Fault is null)
            chunk = chunk with { Fault = new UpstreamFault(Status: null, Code: null, Type: null, System.Text.Encoding.UTF8.GetString(data)) };
        // Some backends send usage with every chunk; only alone is it the last thing they say.
        _sawUsageAtEnd = chunk is { Usage: not null, HasChoice: false } && _machine.HasAnswer;
        Write(_machine.Push(chunk), output);
    }

    private void TakeBody(ResponseError? cause, long now, IBufferWriter<byte> output)
    {
        var read = ChatChunkReader.TryRead(_body!.WrittenSpan, out var chunk);
        if (read && chunk.Fault is not null)
            Write(_machine.Push(chunk), output);
        else if (cause is not null)
            Write(_machine.Fail(cause), output);
        else if (!read || !chunk.IsWhole)
            Write(_machine.Fail(NoAnswer(_body.WrittenSpan)), output);
        else
        {
            Write(_machine.Push(chunk), output);
            Write(_machine.Complete(now), output);
        }
    }

    private static ResponseError NoAnswer(ReadOnlySpan<byte> body) => new(
        "server_error",
        body[0] == (byte)'<'
            ? "The backend answered with a web page instead of a chat answer. Check the provider's base URL."
            : "The backend answered with JSON that is no chat answer. Check the provider's base URL.");

    private void Write(ReadOnlySpan<ResponsesEvent> events, IBufferWriter<byte> output)
    {
        foreach (var e in events)
            _writer.Write(e, output);
    }
}
