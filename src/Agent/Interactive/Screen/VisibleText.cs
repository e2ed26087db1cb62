using System.Globalization;
using System.Text;

namespace Codex.Agent.Interactive.Screen;

/// <summary>
/// Text that somebody decides about: a character that would not show, or would move others, stands there as
/// <c>&lt;U+202E&gt;</c>. Where <see cref="PlainText"/> leaves out, this tells.
/// </summary>
public static class VisibleText
{
    private const string TabStop = "    ";

    /// <summary>Letters and marks by their category, but nothing is drawn: fillers, joiners, variation selectors, an empty braille cell.</summary>
    private static readonly (int First, int Last)[] Blank =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF),
    ];

    /// <summary>Only line ends are left of what is not drawn; a tab is four blanks.</summary>
    public static string Of(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\t')
                visible.Append(TabStop);
            else if (rune.Value is '\n' or ' ' || IsDrawn(rune))
                visible.Append(rune);
            else
                visible.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
        }

        return visible.ToString();
    }

    private static bool IsDrawn(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !Array.Exists(Blank, range => rune.Value >= range.First && rune.Value <= range.Last);
}
