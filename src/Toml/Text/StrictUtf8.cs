using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Codex.Toml.Text;

internal static class StrictUtf8
{
    /// <summary>The first byte that begins no well-formed UTF-8 sequence, or -1.</summary>
    public static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
            return -1;
        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        return at;
    }
}
