namespace Codex.Translation.Text;

/// <summary>Looks for tags in text that arrives in pieces.</summary>
internal static class TagMatch
{
    /// <summary>How many characters at the end of the text could be the beginning of the tag.</summary>
    public static int PartialAtEnd(ReadOnlySpan<char> text, ReadOnlySpan<char> tag)
    {
        for (var length = Math.Min(text.Length, tag.Length - 1); length > 0; length--)
        {
            if (tag.StartsWith(text[^length..], StringComparison.Ordinal))
                return length;
        }

        return 0;
    }
}
