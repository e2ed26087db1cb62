using Codex.Toml.Semantics;

namespace Codex.Toml.Values;

/// <summary>Dates and times of RFC 3339 as TOML takes them.</summary>
internal static class DateTimeSpelling
{
    /// <summary>A digit run and what follows look like the beginning of a date or a time, so that faults are told as such.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> text) =>
        text.Length > 4 && char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[1])
        && (text[2] == (byte)':' || (text[4] == (byte)'-' && char.IsAsciiDigit((char)text[2])));

    /// <summary>The text is a whole date without a time, so that a time may follow behind a blank.</summary>
    public static bool IsDate(ReadOnlySpan<byte> text) => text.Length == 10 && IsDateAt(text);

    public static bool TryRead(ReadOnlySpan<byte> text, TomlVersion version, out ScalarKind kind, out bool needsNewerVersion)
    {
        needsNewerVersion = false;
        kind = ScalarKind.LocalTime;
        if (text.Length > 2 && text[2] == (byte)':')
            return TryTime(text, version, out var timeLength, out needsNewerVersion) && timeLength == text.Length;

        kind = ScalarKind.LocalDate;
        if (text.Length < 10 || !IsDateAt(text[..10]))
            return false;
        if (text.Length == 10)
            return true;
        if (text[10] is not ((byte)'T' or (byte)'t' or (byte)' '))
            return false;

        if (!TryTime(text[11..], version, out var length, out needsNewerVersion))
            return false;
        var offset = text[(11 + length)..];
        kind = offset.IsEmpty ? ScalarKind.LocalDateTime : ScalarKind.OffsetDateTime;
        return offset.IsEmpty || IsOffset(offset);
    }

    private static bool TryTime(ReadOnlySpan<byte> text, TomlVersion version, out int length, out bool needsNewerVersion)
    {
        length = 5;
        needsNewerVersion = false;
        if (text.Length < 5 || text[2] != (byte)':' || !InRange(text, 0, 0, 23) || !InRange(text, 3, 0, 59))
            return false;
        if (text.Length == 5 || text[5] != (byte)':')
        {
            needsNewerVersion = version == TomlVersion.V1_0;
            return !needsNewerVersion;
        }

        // 60 is a leap second; RFC 3339 5.6 allows it without telling which minutes have one.
        if (text.Length < 8 || !InRange(text, 6, 0, 60))
            return false;
        length = 8;
        if (text.Length == 8 || text[8] != (byte)'.')
            return true;
        var digits = text[9..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length - 9 : digits;
        length = 9 + digits;
        return digits > 0;
    }

    private static bool IsDateAt(ReadOnlySpan<byte> text)
    {
        if (text[4] != (byte)'-' || text[7] != (byte)'-' || !InRange(text, 0, 0, 99) || !InRange(text, 2, 0, 99) || !InRange(text, 5, 1, 12))
            return false;
        var year = (Number(text, 0) * 100) + Number(text, 2);
        // The calendar of 2000 and 2001 tells how long a month is; year 0, which DateTime does not know, is a leap year.
        var isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return InRange(text, 8, 1, System.DateTime.DaysInMonth(isLeap ? 2000 : 2001, Number(text, 5)));
    }

    private static bool IsOffset(ReadOnlySpan<byte> text) =>
        text.Length == 1
            ? text[0] is (byte)'Z' or (byte)'z'
            : text.Length == 6 && text[0] is (byte)'+' or (byte)'-' && text[3] == (byte)':' && InRange(text, 1, 0, 23) && InRange(text, 4, 0, 59);

    private static bool InRange(ReadOnlySpan<byte> text, int at, int low, int high) =>
        text.Length > at + 1 && char.IsAsciiDigit((char)text[at]) && char.IsAsciiDigit((char)text[at + 1])
        && Number(text, at) >= low && Number(text, at) <= high;

    private static int Number(ReadOnlySpan<byte> text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';
}
