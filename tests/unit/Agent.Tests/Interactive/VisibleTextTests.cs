using Codex.Agent.Interactive.Screen;

namespace Codex.Agent.Tests.Interactive;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain text\nof two lines", "plain text\nof two lines")]
    [InlineData("漢字 e\u0301 \U0001F600", "漢字 e\u0301 \U0001F600")]
    [InlineData("a\tb", "a    b")]
    [InlineData("\e[2K\e]0;title\a", "<U+001B>[2K<U+001B>]0;title<U+0007>")]
    [InlineData("rm x\rls", "rm x<U+000D>ls")]
    [InlineData("a\bb\0c\u007Fd\u009Be", "a<U+0008>b<U+0000>c<U+007F>d<U+009B>e")]
    [InlineData("\u202Etxt.exe\u202C\u2066x\u2069\u200E", "<U+202E>txt.exe<U+202C><U+2066>x<U+2069><U+200E>")]
    [InlineData("a\u200Bb\u200Dc\uFEFFd\u00ADe", "a<U+200B>b<U+200D>c<U+FEFF>d<U+00AD>e")]
    [InlineData("a\u00A0b\u3000c\u2028d", "a<U+00A0>b<U+3000>c<U+2028>d")]
    [InlineData("\u3164\u115F\u2800\uFE0F\u034F", "<U+3164><U+115F><U+2800><U+FE0F><U+034F>")]
    [InlineData("\U000E0041\U000E0100\uE000", "<U+E0041><U+E0100><U+E000>")]
    public void What_would_not_show_is_written_out(string text, string shown) => VisibleText.Of(text).ShouldBe(shown);
}
