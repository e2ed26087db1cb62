using System.Collections.Immutable;

namespace Codex.Agent.Approvals.Rules;

/// <summary>What a rule says about a command; the greater, the stricter.</summary>
public enum RuleDecision
{
    /// <summary>Runs outside the sandbox, unasked.</summary>
    Allow,
    Prompt,
    Forbidden,
}

/// <summary>A word about all commands that begin in one way.</summary>
/// <param name="Pattern">For each leading word what it may be; at least one word.</param>
/// <param name="Justification">Shown to the user, and to the model when it is refused; null when none was given.</param>
public sealed record PrefixRule(ImmutableArray<ImmutableArray<string>> Pattern, RuleDecision Decision, string? Justification)
{
    public bool Matches(IReadOnlyList<string> words)
    {
        if (words.Count < Pattern.Length)
            return false;
        for (var at = 0; at < Pattern.Length; at++)
        {
            if (!Pattern[at].Contains(words[at]))
                return false;
        }

        return true;
    }
}

/// <summary>Where the program of a bare name may lie, so that a rule about the name covers it.</summary>
/// <param name="Paths">Absolute.</param>
public sealed record HostExecutable(string Name, ImmutableArray<string> Paths);

/// <summary>A word about a host. Read and checked; nothing here asks for it, as commands have a network or none.</summary>
/// <param name="Protocol">http, https, socks5_tcp or socks5_udp.</param>
public sealed record NetworkRule(string Host, string Protocol, NetworkDecision Decision, string? Justification);

public enum NetworkDecision
{
    Allow,
    Prompt,
    Deny,
}

/// <summary>A rule that spoke.</summary>
/// <param name="Prefix">The words it matched; the program by the name the rule gives it.</param>
/// <param name="ResolvedProgram">The path that stood in the command, where only its name matched.</param>
public sealed record RuleMatch(ImmutableArray<string> Prefix, RuleDecision Decision, string? Justification, string? ResolvedProgram = null);
