using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Codex.Agent.Approvals.Shell;

namespace Codex.Agent.Approvals;

/// <summary>Commands that only read, by name and options. Under <see cref="ApprovalPolicy.Untrusted"/> they run unasked; everywhere they may run beside each other.</summary>
public static partial class KnownSafeCommand
{
    private static readonly FrozenSet<string> Always = new[]
    {
        "cat", "cd", "cut", "echo", "expr", "false", "grep", "head", "id", "ls", "nl", "numfmt", "paste", "pwd", "rev", "seq", "stat", "tac",
        "tail", "tr", "true", "uname", "uniq", "wc", "which", "whoami",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> FindActions = new[]
    {
        "-exec", "-execdir", "-ok", "-okdir", "-delete", "-fls", "-fprint", "-fprint0", "-fprintf",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> GitReaders = new[] { "status", "log", "diff", "show", "branch" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] GitRunsOrWrites = ["--output", "--ext-diff", "--textconv", "--exec"];

    private static readonly FrozenSet<string> BranchListing = new[]
    {
        "-a", "--all", "-r", "--remotes", "-v", "-vv", "--verbose", "--list", "-l", "--show-current",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every command of the script is safe, and the script is nothing but plain commands.</summary>
    public static bool Is(string script) => ShellScript.Split(script) is { IsEmpty: false } commands && commands.All(Is);

    private static bool Is(PlainCommand command)
    {
        var arguments = command.Words[1..];
        // uniq writes into its second file.
        if (command.Words[0] == "uniq")
            return arguments.Count(a => !a.StartsWith('-')) < 2 && !arguments.Contains("--") && !command.HasPattern;
        if (Always.Contains(command.Words[0]))
            return true;
        // A file may be named like an option.
        if (command.HasPattern)
            return false;
        return command.Words[0] switch
        {
            "base64" => !arguments.Any(a => a.StartsWith("-o", StringComparison.Ordinal) || a.StartsWith("--o", StringComparison.Ordinal)),
            "find" => !arguments.Any(FindActions.Contains),
            "rg" => !arguments.Any(a => a is "-z" or "--search-zip" || a.StartsWith("--pre", StringComparison.Ordinal) || a.StartsWith("--hostname-bin", StringComparison.Ordinal)
                || (a is ['-', not '-', ..] && a.Contains('z', StringComparison.Ordinal))),
            // A third one that begins with a hyphen may name a script, which can write and run.
            "sed" => arguments is ["-n", _] or ["-n", _, [not '-', ..]] && SedPrint().IsMatch(arguments[1]),
            "git" => IsGitReader([.. arguments]),
            _ => false,
        };
    }

    /// <summary>Without options of git itself: <c>-c</c> and the like can make a reader run programs.</summary>
    private static bool IsGitReader(string[] arguments) => arguments is [var verb, ..] && GitReaders.Contains(verb)
        && !arguments.Any(a => a.StartsWith("--output", StringComparison.Ordinal) || GitRunsOrWrites.Any(option => IsAbbreviation(a, option)))
        && (verb != "branch" || arguments.Skip(1).All(BranchListing.Contains));

    /// <summary>git takes the beginning of a long option for all of it.</summary>
    private static bool IsAbbreviation(string argument, string option) =>
        argument.Split('=')[0] is { Length: > 2 } name && option.StartsWith(name, StringComparison.Ordinal);

    [GeneratedRegex(@"^\d+(,\d+)?p$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SedPrint();
}
