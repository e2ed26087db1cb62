using System.Buffers;
using System.Globalization;
using System.Text;

namespace Codex.Agent.Processes;

/// <summary>Keeps the beginning and the end of an output, half of the limit each; what is between is counted.</summary>
/// <param name="limit">Bytes.</param>
public sealed class OutputBuffer(int limit = OutputBuffer.DefaultLimit)
{
    /// <summary>1 MiB for one command.</summary>
    public const int DefaultLimit = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly int _headLimit = limit / 2;
    private readonly int _tailLimit = limit - (limit / 2);
    private readonly MemoryStream _head = new();
    private readonly Queue<byte[]> _tail = new();
    private long _tailBytes;
    private long _omitted;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var first = Math.Min(bytes.Length, _headLimit - (int)_head.Length);
            _head.Write(bytes[..first]);
            if (first == bytes.Length)
                return;
            _tail.Enqueue(bytes[first..].ToArray());
            _tailBytes += bytes.Length - first;
            // Whole pieces only: a little more than the limit may stay until it is read.
            while (_tailBytes - _tail.Peek().Length >= _tailLimit)
                Omit(_tail.Dequeue().Length);
        }
    }

    /// <summary>The text so far, which is then forgotten.</summary>
    /// <param name="isLast">Nothing follows; else a character whose end has not come yet waits for it.</param>
    public string Take(bool isLast = true)
    {
        lock (_gate)
        {
            ReadOnlySpan<byte> head = _head.ToArray();
            ReadOnlySpan<byte> tail = _tail.SelectMany(piece => piece).ToArray();
            if (tail.Length > _tailLimit)
            {
                Omit(tail.Length - _tailLimit);
                tail = tail[^_tailLimit..];
            }

            string text;
            ReadOnlySpan<byte> rest;
            if (_omitted == 0)
            {
                ReadOnlySpan<byte> all = (byte[])[.. head, .. tail];
                rest = isLast ? [] : all[WholeLength(all)..];
                text = Encoding.UTF8.GetString(all[..^rest.Length]);
            }
            else
            {
                var shownHead = head[..WholeLength(head)];
                var shownTail = tail[ContinuationBytes(tail)..];
                _omitted += head.Length - shownHead.Length + tail.Length - shownTail.Length;
                rest = isLast ? [] : shownTail[WholeLength(shownTail)..];
                text = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Encoding.UTF8.GetString(shownHead)}\n... {_omitted} bytes omitted ...\n{Encoding.UTF8.GetString(shownTail[..^rest.Length])}");
            }

            _head.SetLength(0);
            _head.Write(rest);
            _tail.Clear();
            _tailBytes = 0;
            _omitted = 0;
            return text;
        }
    }

    private void Omit(int bytes)
    {
        _omitted += bytes;
        _tailBytes -= bytes;
    }

    /// <summary>The length without a last character that is cut.</summary>
    private static int WholeLength(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            if ((bytes[^back] & 0xC0) == 0x80)
                continue;
            var isCut = Rune.DecodeFromUtf8(bytes[^back..], out _, out _) == OperationStatus.NeedMoreData;
            return isCut ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }

    /// <summary>How many bytes at the beginning belong to a character that began before.</summary>
    private static int ContinuationBytes(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (count < 3 && count < bytes.Length && (bytes[count] & 0xC0) == 0x80)
            count++;
        return count;
    }
}
