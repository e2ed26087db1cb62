using System.Collections.Frozen;

namespace Codex.Agent.Approvals.Shell;

/// <summary>Programs that run the commands they are given.</summary>
public static class ShellPrograms
{
    private static readonly FrozenSet<string> Shells = new[] { "sh", "bash", "zsh", "dash", "ksh", "ash", "mksh", "fish" }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsShell(string word) => Shells.Contains(Name(word));

    /// <summary>A program without its directory.</summary>
    public static string Name(string word) => word[(word.LastIndexOf('/') + 1)..];

    /// <summary>The script in <c>bash -lc SCRIPT</c>; null when these words run none that stands in them.</summary>
    public static string? Script(IReadOnlyList<string> words)
    {
        if (words.Count == 0 || !IsShell(words[0]))
            return null;
        var hasScript = false;
        var at = 1;
        while (at < words.Count && words[at] is ['-' or '+', _, ..] and not "--" and var option)
        {
            if (option.StartsWith("--", StringComparison.Ordinal))
            {
                at += option is "--rcfile" or "--init-file" ? 2 : 1;
                continue;
            }

            hasScript |= option[0] == '-' && option.Contains('c', StringComparison.Ordinal);
            // Each of these letters takes an argument of its own: bash -euo pipefail -c.
            at += 1 + option.Count(letter => letter is 'o' or 'O');
        }

        if (at < words.Count && words[at] == "--")
            at++;
        return hasScript && at < words.Count ? words[at] : null;
    }
}
