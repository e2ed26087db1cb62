using System.Buffers;
using System.Text;

namespace Codex.Gateway.Explain;

/// <summary>Cuts bytes that pass by into events of a stream, or keeps them together for an answer that is none.</summary>
internal sealed class EventCapture(RequestStory story, StorySide side)
{
    private const int MostHeld = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _held = new();

    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = MostHeld - _held.WrittenCount;
            var part = bytes[..Math.Min(room, bytes.Length)];
            _held.Write(part);
            bytes = bytes[part.Length..];
            TakeEvents();
            if (_held.WrittenCount >= MostHeld)
                Flush();
        }
    }

    /// <summary>What has not ended in an empty line: the rest of a stream, or a whole body.</summary>
    public void Flush()
    {
        Tell(_held.WrittenSpan);
        _held.ResetWrittenCount();
    }

    private void TakeEvents()
    {
        var rest = _held.WrittenSpan;
        while (EndOfEvent(rest) is > 0 and var end)
        {
            Tell(rest[..end]);
            rest = rest[end..];
        }

        if (rest.Length == _held.WrittenCount)
            return;
        var kept = rest.ToArray();
        _held.ResetWrittenCount();
        _held.Write(kept);
    }

    private static int EndOfEvent(ReadOnlySpan<byte> bytes)
    {
        var line = bytes.IndexOf("\n\n"u8);
        var crlf = bytes.IndexOf("\r\n\r\n"u8);
        return line < 0 || (crlf >= 0 && crlf < line) ? (crlf < 0 ? -1 : crlf + 4) : line + 2;
    }

    private void Tell(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).Trim();
        if (text.Length > 0)
            story.Add(side, text);
    }
}
