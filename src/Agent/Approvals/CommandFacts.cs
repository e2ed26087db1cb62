using System.Collections.Immutable;
using Codex.Agent.Approvals.Rules;
using Codex.Agent.Approvals.Shell;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Approvals;

/// <summary>All that decides about a command.</summary>
/// <param name="Rule">The strictest decision of the rules. <see cref="RuleDecision.Allow"/> only when every part of the script is allowed; null when no rule decides.</param>
/// <param name="Speaking">The rule behind it.</param>
/// <param name="WantsEscalation">The model asks to run it outside the sandbox.</param>
/// <param name="CanAsk">There is a user to ask.</param>
public sealed record CommandFacts(
    RuleDecision? Rule,
    RuleMatch? Speaking,
    bool IsDangerous,
    bool IsKnownSafe,
    bool WantsEscalation,
    ApprovalPolicy Policy,
    SandboxMode Sandbox,
    bool CanAsk)
{
    /// <summary>Asks rules and heuristics about a script.</summary>
    /// <param name="words">The whole command line, shell and all; what rules are asked about when the script is opaque.</param>
    public static CommandFacts Of(
        string script, IReadOnlyList<string> words, CommandRules rules, bool wantsEscalation, ApprovalPolicy policy, SandboxMode sandbox, bool canAsk)
    {
        var (rule, speaking) = Consult(script, words, rules);
        return new CommandFacts(rule, speaking, DangerousCommand.IsIn(script), KnownSafeCommand.Is(script), wantsEscalation, policy, sandbox, canAsk);
    }

    private static (RuleDecision? Rule, RuleMatch? Speaking) Consult(string script, IReadOnlyList<string> words, CommandRules rules)
    {
        // To be stopped, a command need only be found somewhere; to be allowed, the script must hold nothing else.
        var stopping = NestedCommands.Find(script)
            .Append(words)
            .SelectMany(w => rules.Match(w))
            .Where(m => m.Decision != RuleDecision.Allow)
            .MaxBy(m => m.Decision);
        if (stopping is not null)
            return (stopping.Decision, stopping);
        var parts = ShellScript.Split(script).Select(c => (IReadOnlyList<string>)c.Words).DefaultIfEmpty(words);
        var allowing = parts.Select(part => rules.Match(part).FirstOrDefault()).ToImmutableArray();
        return allowing.All(m => m is not null) ? (RuleDecision.Allow, allowing[0]) : (null, null);
    }
}
