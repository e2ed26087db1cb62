namespace Codex.Translation.Text;

/// <summary>
/// Finds the beginnings and ends of a key that backends show to tell which one they mean, as in <c>sk-ab***yz</c> or
/// <c>ending in x7f2</c>, and a key that was cut off at the end of a text. They are too short to be found as pieces.
/// </summary>
internal static class KeyEnds
{
    /// <summary>A shorter word may be any word.</summary>
    private const int ShortestWord = 4;

    public static void Hide(string text, Secret secret, Span<bool> hidden)
    {
        HideMasked(text, secret, hidden);
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && IsOfKey(text[end]))
                end++;
            if (IsEndOf(text, start, end, secret))
                hidden[start..end].Fill(true);
            start = end + 1;
        }
    }

    /// <summary>Whether a word is the beginning or the end of the key, and either looks like a key or is what a cut has left.</summary>
    private static bool IsEndOf(string text, int start, int end, Secret secret)
    {
        var word = text.AsSpan(start, end - start);
        if (word.Length < ShortestWord || word.Length >= secret.Value.Length)
            return false;
        var begins = word.Length > secret.PublicPrefix && secret.Value.AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase);
        var ends = secret.Value.AsSpan().EndsWith(word, StringComparison.OrdinalIgnoreCase);
        return (begins && (IsRandom(word) || IsLast(text, end))) || (ends && IsRandom(word));
    }

    /// <summary>Words of a language have no digits in them, and no capitals but the first.</summary>
    private static bool IsRandom(ReadOnlySpan<char> word) =>
        word.ContainsAnyInRange('0', '9') || (word[1..].ContainsAnyInRange('A', 'Z') && word.ContainsAnyInRange('a', 'z'));

    private static bool IsLast(string text, int end)
    {
        foreach (var c in text.AsSpan(end))
        {
            if (char.IsLetterOrDigit(c))
                return false;
        }

        return true;
    }

    private static void HideMasked(string text, Secret secret, Span<bool> hidden)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var mask = MaskLength(text.AsSpan(i));
            if (mask == 0)
                continue;
            var before = Beginning(text, i, secret);
            var after = Ending(text, i + mask, secret);
            if (before + after > 0)
                hidden[(i - before)..(i + mask + after)].Fill(true);
            i += mask;
        }
    }

    /// <summary>How many characters before <paramref name="end"/> are a word with which the key begins.</summary>
    private static int Beginning(string text, int end, Secret secret)
    {
        var start = end;
        while (start > 0 && IsOfKey(text[start - 1]))
            start--;
        var word = text.AsSpan(start, end - start);
        return secret.Value.AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase) ? word.Length : 0;
    }

    private static int Ending(string text, int start, Secret secret)
    {
        var end = start;
        while (end < text.Length && IsOfKey(text[end]))
            end++;
        var word = text.AsSpan(start, end - start);
        return secret.Value.AsSpan().EndsWith(word, StringComparison.OrdinalIgnoreCase) ? word.Length : 0;
    }

    /// <summary>How many characters stand here in place of others; 0 when this is no mask.</summary>
    private static int MaskLength(ReadOnlySpan<char> text)
    {
        var signs = text.IndexOfAnyExcept("*•.…#●") is var end and >= 0 ? end : text.Length;
        if (signs >= 2 || (signs == 1 && text[0] == '…'))
            return signs;
        var crosses = text.IndexOfAnyExcept('x', 'X') is var last and >= 0 ? last : text.Length;
        return crosses >= 4 ? crosses : 0;
    }

    private static bool IsOfKey(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '+' or '/' or '=';
}
