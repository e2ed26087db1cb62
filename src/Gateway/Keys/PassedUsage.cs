namespace Codex.Gateway.Keys;

/// <summary>What an answer that passes through untranslated says of its tokens; a feature of the HTTP context.</summary>
internal sealed class PassedUsage
{
    private const int BytesPerToken = 4;

    private Scan _total = new("\"total_tokens\"");
    private Scan _event = new("data:");
    private long _bytes;
    private long _events;
    private long _number;
    private bool _isBeforeNumber;
    private bool _isInNumber;

    /// <summary>The last <c>total_tokens</c> of the answer, in whatever API it is.</summary>
    public long? TotalTokens { get; private set; }

    /// <summary>About one token an event, else four bytes a token.</summary>
    public long EstimatedOutputTokens => _events > 0 ? _events : _bytes / BytesPerToken;

    /// <summary>Lets the answer be looked at on its way, for a key whose tokens count.</summary>
    public static async Task MeterAsync(HttpContext context, HttpResponseMessage answer)
    {
        if (context.Features.Get<GatewayKey>() is not { Allowance.CountsTokens: true })
            return;
        var usage = new PassedUsage();
        context.Features.Set(usage);
        answer.Content = new StreamContent(new MeteredStream(await answer.Content.ReadAsStreamAsync(context.RequestAborted), usage));
    }

    /// <summary>Parts may be cut anywhere.</summary>
    public void Take(ReadOnlySpan<byte> part)
    {
        _bytes += part.Length;
        foreach (var b in part)
        {
            if (_event.Takes(b))
                _events++;
            if (_total.Takes(b))
                (_isBeforeNumber, _isInNumber) = (true, false);
            else if (_isInNumber || _isBeforeNumber)
                TakeNumber(b);
        }
    }

    private void TakeNumber(byte b)
    {
        if (b is >= (byte)'0' and <= (byte)'9')
        {
            _number = (_isInNumber ? Math.Min(_number, long.MaxValue / 20) * 10 : 0) + (b - '0');
            (_isBeforeNumber, _isInNumber) = (false, true);
            TotalTokens = _number;
        }
        else if (_isInNumber || b is not ((byte)':' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
        {
            (_isBeforeNumber, _isInNumber) = (false, false);
        }
    }

    /// <summary>Looks for a text in which no proper beginning repeats inside.</summary>
    private struct Scan(string text)
    {
        private int _matched;

        public bool Takes(byte b)
        {
            if (b != text[_matched])
                _matched = b == text[0] ? 1 : 0;
            else if (++_matched == text.Length)
            {
                _matched = 0;
                return true;
            }

            return false;
        }
    }
}
