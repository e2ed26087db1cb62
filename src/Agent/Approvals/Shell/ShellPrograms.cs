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
        for (var at = 1; at < words.Count; at++)
        {
            var word = words[at];
            if (word is "-o" or "+o" or "--rcfile" or "--init-file")
            {
                at++;
            }
            else if (word is ['-', not '-', ..] && word.Contains('c', StringComparison.Ordinal))
            {
                // Further options may stand between -c and the script.
                var script = words.Skip(at + 1).SkipWhile(w => w.StartsWith('-')).FirstOrDefault();
                return script;
            }
            else if (!word.StartsWith('-') && !word.StartsWith('+'))
            {
                return null;
            }
        }

        return null;
    }
}
