namespace Codex.Gateway.Logging;

/// <summary>Words that came from outside, made fit for one header or one line of a log.</summary>
public static class PlainText
{
    private const int Longest = 200;

    /// <summary>Printable ASCII; everything else becomes a question mark.</summary>
    public static string ForHeader(string text) => Replace(text, c => c is > ' ' and < '\x7f' || c == ' ');

    /// <summary>One line of bounded length.</summary>
    public static string ForLog(string text) =>
        Replace(text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…"), c => !char.IsControl(c) && c is not ('\u2028' or '\u2029'));

    private static string Replace(string text, Func<char, bool> keeps)
    {
        if (text.All(keeps))
            return text;
        return string.Create(text.Length, (text, keeps), static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = source.keeps(source.text[i]) ? source.text[i] : '?';
        });
    }
}
