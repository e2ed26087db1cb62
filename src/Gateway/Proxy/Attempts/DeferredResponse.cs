using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Codex.Gateway.Proxy.Attempts;

/// <summary>
/// Stands before the real response while attempts run. Each attempt finds a response that has not started, as the
/// forwarder demands; once something has been sent, the status and headers of later attempts are ignored and only
/// their bytes follow.
/// </summary>
/// <remarks>
/// What an attempt sets stays here until it writes: signs of life may start the real response at any moment before,
/// from another thread, and a response that has started takes neither status nor headers.
/// </remarks>
internal sealed class DeferredResponse : IHttpResponseFeature, IHttpResponseBodyFeature
{
    private readonly HttpContext _context;
    private readonly IHttpResponseFeature _response;
    private readonly IHttpResponseBodyFeature _body;
    private readonly StartingStream _stream;
    private HeaderDictionary _headers = [];
    private PipeWriter? _writer;
    private bool _writtenByAttempt;

    private DeferredResponse(HttpContext context)
    {
        _context = context;
        _response = context.Features.GetRequiredFeature<IHttpResponseFeature>();
        _body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _stream = new StartingStream(this, _body.Stream);
    }

    /// <summary>True once status and headers have left.</summary>
    public bool IsSent { get; private set; }

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers
    {
        get => _headers;
        set => throw new NotSupportedException("The headers of a deferred response cannot be replaced.");
    }

    public bool HasStarted => _writtenByAttempt;

    Stream IHttpResponseFeature.Body
    {
        get => _stream;
        set => throw new NotSupportedException("The body of a deferred response cannot be replaced.");
    }

    public Stream Stream => _stream;

    public PipeWriter Writer => _writer ??= PipeWriter.Create(_stream, new StreamPipeWriterOptions(leaveOpen: true));

    public static DeferredResponse Install(HttpContext context)
    {
        var deferred = new DeferredResponse(context);
        context.Features.Set<IHttpResponseFeature>(deferred);
        context.Features.Set<IHttpResponseBodyFeature>(deferred);
        return deferred;
    }

    /// <summary>Gives the context its real response back.</summary>
    public void Uninstall()
    {
        _context.Features.Set(_response);
        _context.Features.Set(_body);
    }

    /// <summary>Makes it look untouched to the next attempt.</summary>
    public void BeginAttempt()
    {
        _writtenByAttempt = false;
        _headers = [];
        StatusCode = StatusCodes.Status200OK;
    }

    /// <summary>Sends events of the gateway's own, with the headers of an event stream before the first.</summary>
    public async Task SendEventsAsync(ReadOnlyMemory<byte> events, CancellationToken cancellation)
    {
        if (!IsSent)
        {
            EventStreamHeaders.Set(_response);
            IsSent = true;
        }

        await _body.Stream.WriteAsync(events, cancellation);
        await _body.Stream.FlushAsync(cancellation);
    }

    public void OnStarting(Func<object, Task> callback, object state)
    {
        if (!IsSent)
            _response.OnStarting(callback, state);
    }

    public void OnCompleted(Func<object, Task> callback, object state) => _response.OnCompleted(callback, state);

    public void DisableBuffering() => _body.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        BeginWriting();
        return _body.StartAsync(cancellationToken);
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("An answer is never a file.");

    public Task CompleteAsync() => _body.CompleteAsync();

    private void BeginWriting()
    {
        if (!IsSent)
        {
            _response.StatusCode = StatusCode;
            foreach (var (name, values) in _headers)
                _response.Headers[name] = values;
        }

        IsSent = _writtenByAttempt = true;
    }

    /// <summary>The real body, which notes the first write.</summary>
    private sealed class StartingStream(DeferredResponse owner, Stream body) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            owner.BeginWriting();
            return body.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            owner.BeginWriting();
            return body.FlushAsync(cancellationToken);
        }

        public override void Flush() => throw new NotSupportedException("Only asynchronous.");

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous.");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
