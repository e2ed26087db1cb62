using System.Globalization;
using System.Text;

namespace Codex.Agent.Tools.Commands;

/// <summary>Shortens an output to what the model has room for: the beginning and the end, and how much is missing between.</summary>
internal static class OutputCut
{
    private const int BytesPerToken = 4;

    /// <summary>As Codex counts.</summary>
    public static int Tokens(string text) => Tokens(Encoding.UTF8.GetByteCount(text));

    public static bool IsTooLong(string text, int limit) => Encoding.UTF8.GetByteCount(text) > (long)limit * BytesPerToken;

    /// <param name="limit">Tokens.</param>
    /// <param name="savedAt">Where all of it can be read; null when it is nowhere.</param>
    public static string Shorten(string text, int limit, string? savedAt)
    {
        if (!IsTooLong(text, limit))
            return text;
        var notice = string.Create(
            CultureInfo.InvariantCulture, $"Warning: truncated output (original token count: {Tokens(text)})\nTotal output lines: {Lines(text)}\n");
        if (savedAt is not null)
            notice += $"Whole output: {savedAt}\n";
        return notice + "\n" + Middle(text, limit * BytesPerToken);
    }

    public static int Lines(string text) => text.Count(c => c == '\n') + (text.Length > 0 && !text.EndsWith('\n') ? 1 : 0);

    private static string Middle(string text, int budget)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var head = budget / 2;
        var tail = bytes.Length - (budget - head);
        while (head > 0 && IsContinuation(bytes[head]))
            head--;
        while (tail < bytes.Length && IsContinuation(bytes[tail]))
            tail++;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Encoding.UTF8.GetString(bytes, 0, head)}…{Tokens(bytes.Length - budget)} tokens truncated…{Encoding.UTF8.GetString(bytes, tail, bytes.Length - tail)}");
    }

    private static bool IsContinuation(byte value) => (value & 0xc0) == 0x80;

    private static int Tokens(int bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;
}
