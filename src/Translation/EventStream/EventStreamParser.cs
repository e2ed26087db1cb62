using System.Buffers;

namespace Codex.Translation.EventStream;

/// <summary>
/// Cuts a server-sent event stream into the data of its events, from bytes cut anywhere (symptom 8: a character
/// may straddle two reads, so text is decoded only once an event is whole). Data that lies whole inside one read is
/// handed out in place.
/// </summary>
/// <remarks>
/// More forgiving than the specification in one point: a data line that is a whole JSON object counts as an event
/// without waiting for the blank line, because some backends separate events by a single line end.
/// </remarks>
/// <param name="maxEventBytes">More data than this in one event is refused.</param>
public sealed class EventStreamParser(int maxEventBytes)
{
    private readonly ArrayBufferWriter<byte> _line = new(256);
    private readonly ArrayBufferWriter<byte> _data = new(256);
    private bool _skipLineFeed;
    private bool _dataHandedOut;
    private bool _nameIsError;
    private bool _atStart = true;

    /// <summary>True once an event was larger than allowed; the stream cannot be followed any further.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>True when the event last handed out was named <c>error</c>.</summary>
    public bool IsErrorEvent { get; private set; }

    /// <summary>Takes bytes from the front of <paramref name="input"/> until an event is whole.</summary>
    /// <param name="data">The event's data; valid until the next call.</param>
    /// <returns>False when all of the input is taken and no further event is whole.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> data)
    {
        if (_dataHandedOut)
        {
            _data.ResetWrittenCount();
            _dataHandedOut = false;
        }

        while (input.Length > 0 && !Overflowed)
        {
            if (_skipLineFeed)
            {
                _skipLineFeed = false;
                if (input[0] == (byte)'\n')
                {
                    input = input[1..];
                    continue;
                }
            }

            var end = input.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                Keep(_line, input);
                input = default;
                break;
            }

            var line = input[..end];
            _skipLineFeed = input[end] == (byte)'\r';
            input = input[(end + 1)..];
            if (_line.WrittenCount > 0)
            {
                Keep(_line, line);
                line = _line.WrittenSpan;
            }

            var whole = TakeLine(line, out data);
            // The bytes stay in place until the next line is begun, so a slice of them may still be handed out.
            _line.ResetWrittenCount();
            if (whole)
                return true;
        }

        data = default;
        return false;
    }

    /// <summary>Hands out what an end without a final blank line or line end left behind.</summary>
    public bool TryReadRest(out ReadOnlySpan<byte> data)
    {
        if (_dataHandedOut)
        {
            _data.ResetWrittenCount();
            _dataHandedOut = false;
        }

        if (_line.WrittenCount > 0)
        {
            var whole = TakeLine(_line.WrittenSpan, out data);
            _line.ResetWrittenCount();
            if (whole)
                return true;
        }

        return TakeBlankLine(out data);
    }

    private bool TakeLine(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> data)
    {
        if (_atStart)
        {
            _atStart = false;
            if (line.StartsWith("\uFEFF"u8))
                line = line[3..];
        }

        if (line.IsEmpty)
            return TakeBlankLine(out data);
        data = default;
        if (line.StartsWith("data:"u8))
            return TakeData(Value(line, 5), out data);
        if (line.StartsWith("event:"u8))
            _nameIsError = Value(line, 6).SequenceEqual("error"u8);
        return false;
    }

    private bool TakeData(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> data)
    {
        if (_data.WrittenCount == 0 && value.Length > 1 && value[0] is (byte)'{' or (byte)'[' && value[^1] is (byte)'}' or (byte)']')
        {
            if (value.Length > maxEventBytes)
                Overflowed = true;
            data = value;
            IsErrorEvent = _nameIsError;
            return !Overflowed;
        }

        data = default;
        if (_data.WrittenCount > 0)
            Keep(_data, "\n"u8);
        Keep(_data, value);
        return false;
    }

    private bool TakeBlankLine(out ReadOnlySpan<byte> data)
    {
        data = _data.WrittenSpan;
        IsErrorEvent = _nameIsError;
        _nameIsError = false;
        _dataHandedOut = data.Length > 0;
        return _dataHandedOut;
    }

    private void Keep(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> bytes)
    {
        if (target.WrittenCount + bytes.Length > maxEventBytes)
            Overflowed = true;
        else
            target.Write(bytes);
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, int start)
    {
        var value = line[start..];
        return value.Length > 0 && value[0] == (byte)' ' ? value[1..].TrimEnd((byte)' ') : value.TrimEnd((byte)' ');
    }
}
