namespace Codex.ConfigTool.Output;

/// <summary>Text of a user's file or command line, made safe to show.</summary>
public static class Printable
{
    private const int ControlPictures = 0x2400;

    /// <summary>The line with secrets masked and with pictures for control characters, so that no file can steer a terminal.</summary>
    public static string Line(string line) => Text(SecretMask.Line(line.TrimEnd('\r')));

    /// <summary>Text of our own around words of others: may have several lines, and holds no secrets.</summary>
    public static string Text(string text) => text.Any(IsControl)
        ? string.Concat(text.Select(c => IsControl(c) ? c < ' ' ? (char)(ControlPictures + c) : '\uFFFD' : c))
        : text;

    /// <summary>Also the characters that reverse what follows: with them a diff shows something else than is written.</summary>
    private static bool IsControl(char c) => (char.IsControl(c) && c is not ('\t' or '\n')) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
