namespace Codex.Agent.Sandbox;

/// <summary>When a call fails. Arguments count from 0; only their lower 32 bits are looked at, which is all these calls read.</summary>
public abstract record SeccompRule(SystemCall Call)
{
    public const int OperationNotPermitted = 1;
    public const int NotImplemented = 38;

    /// <param name="Error">What the caller is told.</param>
    public sealed record Deny(SystemCall Call, int Error = OperationNotPermitted) : SeccompRule(Call);

    /// <summary>Fails when any of the bits is set.</summary>
    /// <param name="Condition">Bits of another argument, one of which must be set too; null for always.</param>
    public sealed record DenyBits(SystemCall Call, int Argument, uint Bits, (int Argument, uint Bits)? Condition = null) : SeccompRule(Call);

    public sealed record DenyValues(SystemCall Call, int Argument, params uint[] Values) : SeccompRule(Call);

    /// <summary>Fails unless the argument is this.</summary>
    /// <param name="AndNot">Bits of another argument that make it fail even so; null for none.</param>
    public sealed record Only(SystemCall Call, int Argument, uint Value, (int Argument, uint Bits)? AndNot = null) : SeccompRule(Call);
}
