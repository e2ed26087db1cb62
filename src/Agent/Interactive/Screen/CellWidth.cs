using System.Globalization;
using System.Text;

namespace Codex.Agent.Interactive.Screen;

/// <summary>How many cells of a terminal a text takes (Unicode Standard Annex 11, and emoji as terminals draw them).</summary>
public static class CellWidth
{
    private const int EmojiSelector = 0xFE0F;
    private const int FirstRegional = 0x1F1E6;
    private const int LastRegional = 0x1F1FF;

    /// <summary>Beginnings and ends of what is two cells wide, in order.</summary>
    private static readonly int[] Wide =
    [
        0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD, 0x25FE, 0x2614, 0x2615,
        0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE,
        0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B,
        0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x27B0, 0x27B0, 0x27BF, 0x27BF,
        0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E, 0x3041, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3,
        0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18DFF, 0x1AFF0, 0x1B2FF,
        0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F200, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C,
        0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440, 0x1F440,
        0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F54E, 0x1F550, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4,
        0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6D7, 0x1F6DC, 0x1F6DF, 0x1F6EB, 0x1F6EC,
        0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F7F0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF, 0x1FA70, 0x1FAFF,
        0x20000, 0x3FFFD,
    ];

    /// <summary>Cells of a text without line ends.</summary>
    public static int Of(string text)
    {
        var cells = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            cells += OfCluster(text.AsSpan(at, length));
            at += length;
        }

        return cells;
    }

    /// <summary>Cells of what a reader sees as one character.</summary>
    public static int OfCluster(ReadOnlySpan<char> cluster)
    {
        var cells = 0;
        foreach (var rune in cluster.EnumerateRunes())
        {
            if (rune.Value == EmojiSelector && cells == 1)
                return 2;
            // Two letters of a flag come as one cluster.
            if (rune.Value is >= FirstRegional and <= LastRegional)
                return cluster.Length > 2 ? 2 : 1;
            cells = Math.Max(cells, OfRune(rune));
        }

        return cells;
    }

    /// <summary>The beginning of a text that fits, with an ellipsis where something is left out.</summary>
    public static string Clip(string text, int cells)
    {
        if (Of(text) <= cells)
            return text;
        var (kept, used) = (0, 0);
        while (kept < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, kept);
            used += OfCluster(text.AsSpan(kept, length));
            if (used > cells - 1)
                break;
            kept += length;
        }

        return cells > 0 ? text[..kept] + "…" : "";
    }

    private static int OfRune(Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                return 0;
        }

        var found = Array.BinarySearch(Wide, rune.Value);
        // Found exactly, or between the beginning and the end of a range.
        return found >= 0 || (~found & 1) == 1 ? 2 : 1;
    }
}
