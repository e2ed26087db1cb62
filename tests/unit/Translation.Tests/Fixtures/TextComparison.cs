namespace Codex.Translation.Tests.Fixtures;

/// <summary>Compares long texts and shows the first line that differs.</summary>
internal static class TextComparison
{
    public static void ShouldBeText(this string actual, string expected, string? hint = null)
    {
        if (actual == expected)
            return;
        var actualLines = actual.Split('\n');
        var expectedLines = expected.Split('\n');
        var line = 0;
        while (line < Math.Min(actualLines.Length, expectedLines.Length) && actualLines[line] == expectedLines[line])
            line++;
        throw new Xunit.Sdk.XunitException(
            $"{hint} line {line + 1} differs.\nexpected: {At(expectedLines, line)}\nactual:   {At(actualLines, line)}");
    }

    private static string At(string[] lines, int line) => line < lines.Length ? lines[line] : "(the end)";
}
