using FsCheck;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Generators;

/// <summary>Cuts a text or bytes into pieces at random places.</summary>
internal static class Pieces
{
    /// <summary>Lengths that are used in turn, again and again.</summary>
    public static Gen<IReadOnlyList<int>> Lengths { get; } =
        Gen.Choose(1, 12).NonEmptyListOf().Select(lengths => (IReadOnlyList<int>)[.. lengths]);

    /// <summary>Never cuts a surrogate pair: half of one is no text, and its own test says what becomes of it.</summary>
    public static IEnumerable<string> Of(string text, IReadOnlyList<int> lengths)
    {
        for (int at = 0, turn = 0; at < text.Length; turn++)
        {
            var length = Math.Min(lengths[turn % lengths.Count], text.Length - at);
            if (at + length < text.Length && char.IsHighSurrogate(text[at + length - 1]))
                length++;
            yield return text.Substring(at, length);
            at += length;
        }
    }
}
