using System.Globalization;

namespace Codex.Toml.Values;

/// <summary>Decimal floats and the special ones.</summary>
internal static class FloatSpelling
{
    public static bool IsFloat(ReadOnlySpan<byte> text)
    {
        var unsigned = Unsigned(text);
        if (unsigned.SequenceEqual("inf"u8) || unsigned.SequenceEqual("nan"u8))
            return true;
        var exponent = unsigned.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponent < 0 ? unsigned : unsigned[..exponent];
        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        return (exponent >= 0 || point >= 0)
            && (exponent < 0 || IntegerSpelling.HasWellPlacedDigits(Unsigned(unsigned[(exponent + 1)..]), 10))
            && (point < 0 || IntegerSpelling.HasWellPlacedDigits(mantissa[(point + 1)..], 10))
            && IntegerSpelling.HasWellPlacedDigits(whole, 10)
            && (whole.Length == 1 || whole[0] != (byte)'0');
    }

    public static double Read(ReadOnlySpan<byte> text)
    {
        var unsigned = Unsigned(text);
        var negative = text[0] == (byte)'-';
        if (unsigned[0] == (byte)'i')
            return negative ? double.NegativeInfinity : double.PositiveInfinity;
        if (unsigned[0] == (byte)'n')
            return double.NaN;
        Span<byte> digits = text.Length <= 256 ? stackalloc byte[text.Length] : new byte[text.Length];
        var count = 0;
        foreach (var b in text)
        {
            if (b != (byte)'_')
                digits[count++] = b;
        }

        return double.Parse(digits[..count], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static ReadOnlySpan<byte> Unsigned(ReadOnlySpan<byte> text) =>
        text.Length > 0 && text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
}
