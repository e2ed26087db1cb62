using System.Buffers;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate;

/// <summary>
/// Bytes of a chat answer in, bytes of a Responses event stream out. Synchronous and without I/O: the caller
/// reads, pushes and writes. Every call leaves whole events in the output; nothing is held back for the next.
/// </summary>
public sealed class StreamTranscoder
{
    public StreamTranscoder(ResponseTemplate template, ChatCall call, ResponseShape shape) => throw new NotSupportedException();

    /// <summary>True once the terminal event has been written; what the backend sends after it is ignored.</summary>
    public bool IsFinished => throw new NotSupportedException();

    /// <summary>True once anything but <c>created</c> and <c>in_progress</c> has been written: from then on nothing may be retried.</summary>
    public bool HasOutput => throw new NotSupportedException();

    /// <summary>The response as it stands; final once <see cref="IsFinished"/>.</summary>
    public ResponseObject Response => throw new NotSupportedException();

    public int ToolCallCount => throw new NotSupportedException();

    /// <summary>Writes <c>created</c> and <c>in_progress</c>.</summary>
    public void Start(IBufferWriter<byte> output) => throw new NotSupportedException();

    /// <summary>Writes <c>in_progress</c> once more: a typed event resets clients' idle timers, a comment does not (symptom 11).</summary>
    public void KeepAlive(IBufferWriter<byte> output) => throw new NotSupportedException();

    /// <summary>Takes the next bytes of the answer, cut anywhere; SSE or a JSON body.</summary>
    /// <param name="now">Unix seconds, for <c>completed_at</c>.</param>
    public void Push(ReadOnlySpan<byte> upstream, long now, IBufferWriter<byte> output) => throw new NotSupportedException();

    /// <summary>The answer ended: cleanly (null) or by a cut or timeout that <paramref name="cause"/> tells.</summary>
    public void End(ResponseError? cause, long now, IBufferWriter<byte> output) => throw new NotSupportedException();

    /// <summary>Ends with <c>response.failed</c> whatever came before.</summary>
    public void Fail(ResponseError error, IBufferWriter<byte> output) => throw new NotSupportedException();
}
