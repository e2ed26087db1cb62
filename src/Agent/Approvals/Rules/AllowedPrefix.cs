using System.Collections.Frozen;
using System.Collections.Immutable;
using Codex.Agent.Approvals.Shell;

namespace Codex.Agent.Approvals.Rules;

/// <summary>What "always allow" may stand for: a beginning that says what runs, never one that runs whatever follows it.</summary>
public static class AllowedPrefix
{
    /// <summary>Programs that do what their arguments or a file tell them.</summary>
    private static readonly FrozenSet<string> Refused = new[]
    {
        "python", "python2", "python3", "pypy", "pypy3", "node", "nodejs", "deno", "bun", "ruby", "perl", "php", "lua", "luajit", "tclsh", "osascript",
        "awk", "gawk", "pwsh", "powershell", "cmd", "rm", "sudo", "doas", "su", "env", "eval", "exec", "command", "builtin", "source", ".", "xargs",
        "find", "nohup", "setsid", "nice", "ionice", "stdbuf", "time", "timeout", "chroot", "busybox", "trap", "ssh", "npx", "bunx", "uvx", "make",
        "script", "watch", "parallel", "docker", "podman", "gdb", "strace", "flock", "ltrace", "perf", "valgrind", "taskset", "chrt", "prlimit",
        "runuser", "pkexec", "sg", "setpriv", "unshare", "nsenter", "bwrap", "fakeroot", "systemd-run", "at", "batch", "crontab", "tmux", "screen", "expect",
        "ts-node", "tsx", "ipython", "irb", "pry", "rscript", "r", "julia", "groovy", "scala", "java", "elixir", "iex", "erl", "runghc", "ghci", "ocaml",
        "guile", "sbcl", "wish", "mawk", "nawk", "m4", "sqlite3", "rake", "just", "task", "ninja", "cmake", "tox", "nox", "nix", "nix-shell", "direnv", "entr", "fd",
        // Their options run programs, wherever in the line they stand.
        "sed", "tar", "rsync", "scp", "sftp", "vi", "vim", "nvim", "ed", "ex", "emacs", "less", "more", "man", "zip", "rg",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Programs whose first argument says what they do, so that a rule needs it.</summary>
    private static readonly FrozenSet<string> WithVerb = new[]
    {
        "git", "gh", "npm", "pnpm", "yarn", "pip", "pip3", "uv", "poetry", "cargo", "go", "dotnet", "kubectl", "helm", "terraform", "apt", "apt-get",
        "brew", "systemctl", "gradle", "mvn", "bundle", "composer",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Arguments of those that run a program of the project's.</summary>
    private static readonly FrozenSet<string> Runners = new[]
    {
        "run", "run-script", "exec", "x", "dlx", "start", "tool", "generate", "alias", "extension",
        // git's that run or set what runs later.
        "config", "submodule", "bisect", "rebase", "filter-branch", "difftool", "mergetool", "hook", "grep", "archive",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a rule may allow all commands that begin so.</summary>
    public static bool IsFit(IReadOnlyList<string> prefix)
    {
        if (prefix.Count == 0 || prefix.Any(w => w.Length == 0 || w.Any(char.IsControl)))
            return false;
        var program = ShellPrograms.Name(prefix[0]);
        if (Refused.Contains(program) || Refused.Contains(program.ToLowerInvariant()) || ShellPrograms.IsShell(program) || Refused.Contains(program.TrimEnd("0123456789.".ToCharArray())))
            return false;
        // "git -C" and "git -c" say nothing about the verb that follows.
        return !WithVerb.Contains(program) || (prefix.Count > 1 && !prefix[1].StartsWith('-') && !Runners.Contains(prefix[1]));
    }

    /// <summary>The beginning to offer for a script: program and verb where verbs tell, else the whole command; empty when none is fit.</summary>
    /// <param name="wanted">The model's own proposal; it counts if the command begins so.</param>
    public static ImmutableArray<string> Suggest(string script, ImmutableArray<string> wanted)
    {
        if (ShellScript.Split(script) is not [var command])
            return [];
        var words = command.Words;
        if (!wanted.IsDefaultOrEmpty && words.Length >= wanted.Length && words[..wanted.Length].SequenceEqual(wanted) && IsFit(wanted))
            return wanted;
        var prefix = WithVerb.Contains(ShellPrograms.Name(words[0])) ? words[..Math.Min(2, words.Length)] : words;
        return IsFit(prefix) ? prefix : [];
    }
}
