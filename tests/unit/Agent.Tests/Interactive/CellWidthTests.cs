using Codex.Agent.Interactive.Screen;

namespace Codex.Agent.Tests.Interactive;

public sealed class CellWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("漢字", 4)]
    [InlineData("한", 2)]
    [InlineData("\U0001F600", 2)]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467", 2)]
    [InlineData("\U0001F1E9\U0001F1EA", 2)]
    [InlineData("\u2764\uFE0F", 2)]
    [InlineData("\u2764", 1)]
    [InlineData("\u200B", 0)]
    [InlineData("…·", 2)]
    public void A_text_takes_the_cells_that_terminals_give_it(string text, int cells) => CellWidth.Of(text).ShouldBe(cells);

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("漢字漢字", 5, "漢字…")]
    [InlineData("漢字漢字", 4, "漢…")]
    [InlineData("abc", 0, "")]
    public void A_clipped_text_fits_and_says_so(string text, int cells, string expected) => CellWidth.Clip(text, cells).ShouldBe(expected);

    [Theory]
    [InlineData("plain\ntext", "plain\ntext")]
    [InlineData("\e[31mred\e[0m", "red")]
    [InlineData("\e]0;title\atext", "text")]
    [InlineData("\e]52;c;AAAA\e\\text", "text")]
    [InlineData("a\tb", "a    b")]
    [InlineData("10%\r20%\r100%\r\n", "100%\n")]
    [InlineData("a\bb\u0007\u009b31m", "ab31m")]
    [InlineData("cut\e[3", "cut")]
    public void What_others_write_cannot_steer_the_terminal(string text, string expected) => PlainText.Of(text).ShouldBe(expected);

    [Theory]
    [InlineData("", "")]
    [InlineData("1\n", "1")]
    [InlineData("1\n2\n3\n4\n5\n6\n", "1|2|3|4|5|6")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n", "1|2|… 2 lines|5|6|7")]
    public void Long_output_keeps_its_first_and_last_lines(string output, string expected) => string.Join('|', OutputFolding.Fold(output)).ShouldBe(expected);

    [Theory]
    [InlineData(2000, 10000, 2000, 100)]
    [InlineData(6000, 10000, 2000, 50)]
    [InlineData(10500, 10000, 2000, 0)]
    [InlineData(100, 10000, 2000, 100)]
    [InlineData(100, 2000, 2000, 0)]
    public void Context_left_counts_what_lies_beyond_the_prefix(int used, int window, int prefix, int percent) =>
        StatusLine.PercentLeft(new(used, window, prefix)).ShouldBe(percent);

    [Theory]
    [InlineData("", 0, 20, "> ", 0, 2)]
    [InlineData("hello", 5, 20, "> hello", 0, 7)]
    [InlineData("a\nb", 3, 20, "> a|  b", 1, 3)]
    [InlineData("abcdefghij", 10, 10, "> abcdefg|  hij", 1, 5)]
    [InlineData("abcdefghij", 7, 10, "> abcdefg|  hij", 1, 2)]
    [InlineData("漢字漢字", 4, 10, "> 漢字漢|  字", 1, 4)]
    [InlineData("1\n2\n3\n4\n5", 9, 20, "  3|  4|  5", 2, 3)]
    [InlineData("1\n2\n3\n4\n5", 0, 20, "> 1|  2|  3", 0, 2)]
    [InlineData("a\tb", 3, 20, "> a b", 0, 5)]
    public void The_message_wraps_and_scrolls_with_its_cursor(string text, int cursor, int width, string rows, int row, int column)
    {
        var drawing = ComposerLayout.Of(text, cursor, width, most: 3);
        string.Join('|', drawing.Rows).ShouldBe(rows);
        (drawing.Row, drawing.Column).ShouldBe((row, column));
    }
}
