using System.Collections.Immutable;

namespace Codex.Agent.Interactive.Completing;

/// <summary>Finds what the word before the cursor could become: <c>/command</c>, <c>$skill</c>, <c>@file</c>.</summary>
public static class Completions
{
    /// <returns>Null when nothing fits.</returns>
    public static Completion? At(string text, int cursor, CompletionWords words)
    {
        var start = WordStart(text, cursor);
        var word = text[start..cursor];
        ImmutableArray<Suggestion> fitting = word switch
        {
            ['/', .. var name] when start == 0 => [.. words.Commands.Where(c => c.Text.StartsWith('/' + name, StringComparison.OrdinalIgnoreCase))],
            ['$', .. { Length: > 0 } name] => [.. words.Skills.Where(s => s.StartsWith(name, StringComparison.OrdinalIgnoreCase)).Select(s => new Suggestion($"${s} ", $"${s}"))],
            ['@', .. var name] => [.. FileRank.Best(words.Files ?? [], name).Select(f => new Suggestion(Quoted(f) + ' ', f))],
            _ => [],
        };
        // What stands there already is no suggestion.
        return fitting is [] || (fitting is [var only] && only.Text.TrimEnd() == word) ? null : new Completion(start, cursor, fitting);
    }

    /// <summary>Whether the word before the cursor asks for files.</summary>
    public static bool IsFile(string text, int cursor) => text.AsSpan(WordStart(text, cursor)) is ['@', ..];

    private static int WordStart(string text, int cursor)
    {
        var start = cursor;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
            start--;
        return start;
    }

    /// <summary>A path with blanks stays one word.</summary>
    private static string Quoted(string path) => path.Any(char.IsWhiteSpace) ? $"\"{path}\"" : path;
}
