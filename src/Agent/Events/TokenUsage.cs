namespace Codex.Agent.Events;

/// <summary>Tokens as the model's server counts them; estimated where it does not.</summary>
public sealed record TokenUsage(long Input, long CachedInput, long Output, long ReasoningOutput)
{
    public static readonly TokenUsage None = new(0, 0, 0, 0);

    public long Total => Input + Output;

    public static TokenUsage operator +(TokenUsage one, TokenUsage other) => new(
        one.Input + other.Input,
        one.CachedInput + other.CachedInput,
        one.Output + other.Output,
        one.ReasoningOutput + other.ReasoningOutput);
}
