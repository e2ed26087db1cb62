namespace Codex.Toml.Values;

internal enum NumberReading
{
    Read,
    NotANumber,
    OutOfRange,
}

/// <summary>Decimal, hexadecimal, octal and binary integers.</summary>
internal static class IntegerSpelling
{
    public static NumberReading TryRead(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var (digits, radix) = text.Length > 2 && text[0] == (byte)'0'
            ? text[1] switch
            {
                (byte)'x' => (2, 16),
                (byte)'o' => (2, 8),
                (byte)'b' => (2, 2),
                _ => (0, 10),
            }
            : (0, 10);
        var negative = radix == 10 && text.Length > 0 && text[0] == (byte)'-';
        if (radix == 10 && text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
            digits = 1;
        var rest = text[digits..];
        if (!HasWellPlacedDigits(rest, radix) || (radix == 10 && rest.Length > 1 && rest[0] == (byte)'0'))
            return NumberReading.NotANumber;
        return Accumulate(rest, (uint)radix, negative, out value);
    }

    /// <summary>Digits, with single underscores between digits only.</summary>
    public static bool HasWellPlacedDigits(ReadOnlySpan<byte> text, int radix)
    {
        var digitBefore = false;
        foreach (var b in text)
        {
            if (b == (byte)'_' ? !digitBefore : Digit(b) >= radix)
                return false;
            digitBefore = b != (byte)'_';
        }

        return digitBefore;
    }

    private static NumberReading Accumulate(ReadOnlySpan<byte> digits, uint radix, bool negative, out long value)
    {
        value = 0;
        ulong sum = 0;
        var limit = negative ? 1UL << 63 : long.MaxValue;
        foreach (var b in digits)
        {
            if (b == (byte)'_')
                continue;
            var digit = (ulong)Digit(b);
            if (sum > (limit - digit) / radix)
                return NumberReading.OutOfRange;
            sum = (sum * radix) + digit;
        }

        value = negative ? unchecked(-(long)sum) : (long)sum;
        return NumberReading.Read;
    }

    private static int Digit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => int.MaxValue,
    };
}
