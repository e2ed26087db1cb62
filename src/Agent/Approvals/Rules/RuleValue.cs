using System.Collections.Immutable;

namespace Codex.Agent.Approvals.Rules;

/// <summary>A value as it stands in a file of rules.</summary>
internal abstract record RuleValue
{
    private RuleValue()
    {
    }

    public sealed record Text(string Value) : RuleValue;

    public sealed record List(ImmutableArray<RuleValue> Items) : RuleValue;

    /// <param name="Written">A number, True, False or None: read, but nowhere wanted.</param>
    public sealed record Other(string Written) : RuleValue;
}

/// <summary>A statement such as <c>prefix_rule(…)</c>.</summary>
/// <param name="Arguments">With their names; those given by place have the empty one.</param>
internal sealed record RuleStatement(string Function, ImmutableArray<(string Name, RuleValue Value)> Arguments, int Line);

/// <summary>Stops the reading of one file; never leaves <see cref="RuleFile"/>.</summary>
internal sealed class RuleSyntaxException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
