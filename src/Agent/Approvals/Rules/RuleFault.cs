namespace Codex.Agent.Approvals.Rules;

/// <summary>What is wrong in a file of rules.</summary>
/// <param name="Line">Counted from 1; 0 when the file as a whole cannot be read.</param>
public sealed record RuleFault(string File, int Line, string Message)
{
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}: {Message}";
}
