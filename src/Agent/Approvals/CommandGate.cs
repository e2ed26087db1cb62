using System.Collections.Immutable;
using Codex.Agent.Approvals.Rules;
using Codex.Agent.Approvals.Shell;
using Codex.Agent.Events;
using Codex.Agent.Sandbox;
using Codex.Agent.Tools;

namespace Codex.Agent.Approvals;

/// <summary>A command that a model wants run.</summary>
/// <param name="Words">The command line with its shell, as it will run.</param>
/// <param name="WantsEscalation">Outside the sandbox.</param>
/// <param name="Justification">The model's words for the user.</param>
/// <param name="Prefix">What the model proposes to allow for ever.</param>
public sealed record CommandIntent(
    string Script, ImmutableArray<string> Words, string Directory, bool WantsEscalation = false, string? Justification = null, ImmutableArray<string> Prefix = default);

/// <summary>Whether and how a command runs.</summary>
public abstract record CommandClearance
{
    private CommandClearance()
    {
    }

    /// <param name="ByRule">Nobody was asked: a rule lets it run outside the sandbox.</param>
    public sealed record Run(SandboxPolicy Sandbox, bool ByRule = false) : CommandClearance;

    /// <param name="Text">For the model.</param>
    /// <param name="IsEscalation">Only running outside the sandbox was refused.</param>
    public sealed record Refused(string Text, bool IsEscalation = false) : CommandClearance;
}

/// <summary>Every command passes here: rules and heuristics decide, the user is asked where they say so, "always" is written down.</summary>
/// <param name="writer">Null: "always" holds for the session only.</param>
public sealed class CommandGate(CommandRules rules, AllowRuleWriter? writer)
{
    private readonly Lock _gate = new();
    private CommandRules _rules = rules;

    public async Task<CommandClearance> ClearAsync(CommandIntent intent, ToolContext context, CancellationToken cancellation)
    {
        CommandRules now;
        lock (_gate)
            now = _rules;
        var facts = CommandFacts.Of(
            intent.Script, intent.Words, now, intent.WantsEscalation, context.Approvals.Policy, context.Sandbox.Mode, context.Approvals.CanAsk);
        if (facts.Rule == RuleDecision.Allow && await WritableRepository.IsMetAsync(intent.Script, intent.Directory, context.Sandbox))
            facts = facts with { Rule = null, Speaking = null };
        return CommandVerdict.Of(facts, intent.Words) switch
        {
            CommandVerdict.Run { InSandbox: true } => new CommandClearance.Run(context.Sandbox),
            CommandVerdict.Run => new CommandClearance.Run(SandboxPolicy.FullAccess, facts.Rule == RuleDecision.Allow),
            CommandVerdict.Ask ask => await AskAsync(intent, ask, context, cancellation),
            CommandVerdict.Refuse refuse => new CommandClearance.Refused(refuse.Text, refuse.IsEscalation),
            var other => throw new NotSupportedException(other.GetType().Name),
        };
    }

    private async Task<CommandClearance> AskAsync(CommandIntent intent, CommandVerdict.Ask ask, ToolContext context, CancellationToken cancellation)
    {
        // A rule that asks goes on asking: "always" would be overruled by it.
        var prefix = ask.OffersRule ? AllowedPrefix.Suggest(intent.Script, intent.Prefix) : [];
        var reason = (ask.Why, intent.Justification) switch
        {
            (null, var justification) => justification,
            (_, null) => ask.Why,
            _ => $"{intent.Justification} ({ask.Why})",
        };
        var key = $"{intent.Directory}\n{ShellWords.Join(intent.Words)}";
        var answer = await context.Approvals.AskAsync(
            new ApprovalRequest.Command(key, reason, intent.Words, intent.Directory, prefix), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (answer == ApprovalAnswer.Always && !prefix.IsEmpty)
            await AllowAsync(prefix, context, cancellation);
        return answer is ApprovalAnswer.Declined or ApprovalAnswer.Abort
            ? new CommandClearance.Refused("rejected by user")
            : new CommandClearance.Run(SandboxPolicy.FullAccess);
    }

    private async Task AllowAsync(ImmutableArray<string> prefix, ToolContext context, CancellationToken cancellation)
    {
        lock (_gate)
            _rules = _rules.With(new PrefixRule([.. prefix.Select(w => ImmutableArray.Create(w))], RuleDecision.Allow, Justification: null));
        if (writer is not null && await writer.AppendAsync(prefix, cancellation) is { } failure)
            context.Emit(new AgentEvent.Trouble($"Allowed for this session only: {failure}."));
    }
}
