using System.Collections.Frozen;

namespace Codex.Agent.Approvals.Shell;

/// <summary>
/// Every command a script would start, also those that other programs are given to start: behind sudo, env, xargs or timeout, in
/// traps, in <c>find -exec</c>, and in scripts for further shells.
/// </summary>
public static class NestedCommands
{
    private const int MostDepth = 8;

    /// <summary>Programs that run the rest of their arguments.</summary>
    private static readonly FrozenDictionary<string, Wrapper> Wrappers = new Dictionary<string, Wrapper>(StringComparer.Ordinal)
    {
        ["sudo"] = new("ughpCDRTUrt", ["--user", "--group", "--host", "--prompt", "--chdir", "--role", "--type", "--other-user", "--close-from"]),
        ["doas"] = new("uC", []),
        ["env"] = new("uC", ["--unset", "--chdir"]),
        ["command"] = new("", []),
        ["builtin"] = new("", []),
        ["exec"] = new("a", []),
        ["nohup"] = new("", []),
        ["setsid"] = new("", []),
        ["nice"] = new("n", ["--adjustment"]),
        ["ionice"] = new("cnp", ["--class", "--classdata"]),
        ["stdbuf"] = new("ioe", ["--input", "--output", "--error"]),
        ["time"] = new("fo", ["--format", "--output"]),
        ["timeout"] = new("ks", ["--kill-after", "--signal"], Positional: 1),
        ["chroot"] = new("", [], Positional: 1),
        ["xargs"] = new("IinPLldEesa", ["--max-args", "--max-procs", "--max-lines", "--delimiter", "--arg-file", "--max-chars"]),
        ["busybox"] = new("", []),
        ["runuser"] = new("ugG", ["--user", "--group", "--supp-group"]),
        ["setpriv"] = new("", []),
        ["taskset"] = new("", [], Positional: 1),
        ["chrt"] = new("TPD", [], Positional: 1),
        ["unshare"] = new("SGR", ["--setuid", "--setgid", "--root", "--wd"]),
        ["watch"] = new("n", ["--interval"]),
        ["strace"] = new("eosaPpuEOSUIbX", []),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<IReadOnlyList<string>> Find(string script) => InScript(script, depth: 0);

    private static IEnumerable<IReadOnlyList<string>> InScript(string script, int depth) =>
        depth > MostDepth ? [] : CommandScan.Find(script).SelectMany(words => In(words, depth));

    private static IEnumerable<IReadOnlyList<string>> In(IReadOnlyList<string> words, int depth) =>
        words.Count == 0 || depth > MostDepth ? [] : Inner(words, depth).Prepend(words);

    private static IEnumerable<IReadOnlyList<string>> Inner(IReadOnlyList<string> words, int depth)
    {
        var program = ShellPrograms.Name(words[0]);
        return program switch
        {
            "trap" => InScript(words.Skip(1).FirstOrDefault(w => !w.StartsWith('-')) ?? "", depth + 1),
            "eval" => InScript(string.Join(' ', words.Skip(1)), depth + 1),
            "find" => FindActions(words).SelectMany(action => In(action, depth + 1)),
            "env" when SplitString(words) is { } line => InScript(line, depth + 1),
            "su" or "runuser" or "script" or "flock" or "sg" when ScriptOption(words) is { } line => InScript(line, depth + 1),
            _ when ShellPrograms.Script(words) is { } script => InScript(script, depth + 1),
            _ when Wrappers.TryGetValue(program, out var wrapper) => In(wrapper.Inner(words), depth + 1),
            _ => [],
        };
    }

    private static IEnumerable<IReadOnlyList<string>> FindActions(IReadOnlyList<string> words)
    {
        for (var at = 1; at < words.Count; at++)
        {
            if (words[at] is "-exec" or "-execdir" or "-ok" or "-okdir")
                yield return [.. words.Skip(at + 1).TakeWhile(w => w is not (";" or "+"))];
        }
    }

    /// <summary>What <c>env</c> takes apart itself; its short options may stand before the letter: <c>-iS</c>.</summary>
    private static string? SplitString(IReadOnlyList<string> words)
    {
        const string Long = "--split-string";
        for (var at = 1; at < words.Count; at++)
        {
            var word = words[at];
            var start = word is ['-', not '-', ..] ? word.IndexOf('S', StringComparison.Ordinal) + 1
                : word == Long ? word.Length
                : word.StartsWith(Long + "=", StringComparison.Ordinal) ? Long.Length + 1
                : 0;
            if (start > 0)
                return string.Join(' ', words.Skip(at + 1).Prepend(word[start..]));
        }

        return null;
    }

    /// <summary><c>su - user -c SCRIPT</c></summary>
    private static string? ScriptOption(IReadOnlyList<string> words)
    {
        const string Long = "--command=";
        for (var at = 1; at < words.Count; at++)
        {
            if (words[at].StartsWith(Long, StringComparison.Ordinal))
                return words[at][Long.Length..];
            if (words[at] == "--command" || words[at] is ['-', not '-', .., 'c'] or "-c")
                return words.ElementAtOrDefault(at + 1);
        }

        return null;
    }

    /// <param name="ValueLetters">Short options whose value is the next argument.</param>
    /// <param name="ValueNames">Long ones.</param>
    /// <param name="Positional">Arguments of its own before the command.</param>
    private sealed record Wrapper(string ValueLetters, string[] ValueNames, int Positional = 0)
    {
        public IReadOnlyList<string> Inner(IReadOnlyList<string> words)
        {
            var own = Positional;
            for (var at = 1; at < words.Count; at++)
            {
                var word = words[at];
                if (word is ['-', not '-', ..])
                    at += ValueLetters.Contains(word[^1], StringComparison.Ordinal) && word.Length == 2 ? 1 : 0;
                else if (word.StartsWith('-'))
                    at += ValueNames.Contains(word) ? 1 : 0;
                else if (!word.Contains('=', StringComparison.Ordinal) && own-- <= 0)
                    return [.. words.Skip(at)];
            }

            return [];
        }
    }
}
