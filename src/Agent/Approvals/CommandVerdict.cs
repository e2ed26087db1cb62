using Codex.Agent.Approvals.Rules;
using Codex.Agent.Approvals.Shell;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Approvals;

/// <summary>What is to be done with a command.</summary>
public abstract record CommandVerdict
{
    private CommandVerdict()
    {
    }

    /// <param name="InSandbox">False: without any.</param>
    public sealed record Run(bool InSandbox) : CommandVerdict;

    /// <summary>Ask; when the user agrees, run it outside the sandbox.</summary>
    /// <param name="Why">For the user; null when the model's own reason says it all.</param>
    /// <param name="OffersRule">A rule that allows it would end the asking.</param>
    public sealed record Ask(string? Why, bool OffersRule = false) : CommandVerdict;

    /// <param name="Text">For the model, in Codex's words.</param>
    /// <param name="IsEscalation">Not the command is refused, only running it outside the sandbox.</param>
    public sealed record Refuse(string Text, bool IsEscalation = false) : CommandVerdict;

    private const string NobodyToAsk = "approval required by policy, but AskForApproval is set to Never";

    private const string NoEscalation =
        "approval policy is Never; reject command — you cannot ask for escalated permissions if the approval policy is Never";

    /// <summary>The whole decision, in the order in which its grounds count: rules, danger, policy.</summary>
    /// <param name="words">The command line, for texts.</param>
    public static CommandVerdict Of(CommandFacts facts, IEnumerable<string> words) => facts switch
    {
        { Rule: RuleDecision.Forbidden } => new Refuse($"`{ShellWords.Join(words)}` rejected: {Ground(facts, "policy forbids commands starting with")}"),
        { Rule: RuleDecision.Prompt, CanAsk: true } => new Ask(Ground(facts, "a rule asks before commands starting with")),
        { Rule: RuleDecision.Prompt } => new Refuse(NobodyToAsk),
        { Rule: RuleDecision.Allow } => new Run(InSandbox: false),
        { IsDangerous: true, CanAsk: true } => new Ask("rm with force cannot be undone"),
        { IsDangerous: true } => new Refuse($"`{ShellWords.Join(words)}` rejected: {DangerousCommand.Reason}"),
        { Policy: ApprovalPolicy.Untrusted, CanAsk: true, IsKnownSafe: false } => new Ask("only commands known to read are run unasked", OffersRule: true),
        { Policy: ApprovalPolicy.Untrusted, CanAsk: false, IsKnownSafe: false } => new Refuse(NobodyToAsk),
        // There is nothing to escalate to; a model that asks all the same gets its result.
        { Sandbox: SandboxMode.FullAccess } => new Run(InSandbox: false),
        { WantsEscalation: true, CanAsk: true } => new Ask(Why: null, OffersRule: true),
        { WantsEscalation: true } => new Refuse(NoEscalation, IsEscalation: true),
        _ => new Run(InSandbox: true),
    };

    private static string Ground(CommandFacts facts, string otherwise) =>
        facts.Speaking?.Justification ?? $"{otherwise} `{ShellWords.Join(facts.Speaking?.Prefix ?? [])}`";
}
