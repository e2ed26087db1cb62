namespace Codex.ConfigTool.Output;

/// <summary>Text of a user's file, made safe to show.</summary>
public static class Printable
{
    private const int ControlPictures = 0x2400;

    /// <summary>The line with secrets masked and with pictures for control characters, so that no file can steer a terminal.</summary>
    public static string Line(string line) => string.Create(null, $"{SecretMask.Line(line.TrimEnd('\r'))}") is var masked && masked.Any(IsControl)
        ? string.Concat(masked.Select(c => IsControl(c) ? c < ' ' ? (char)(ControlPictures + c) : '\uFFFD' : c))
        : masked;

    private static bool IsControl(char c) => char.IsControl(c) && c != '\t';
}
