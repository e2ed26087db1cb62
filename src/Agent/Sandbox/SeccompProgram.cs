using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Codex.Agent.Sandbox;

/// <summary>
/// Rules as a program of the kernel's classic BPF (<c>seccomp(2)</c>, <c>linux/filter.h</c>): what no rule denies is
/// allowed; the calls of another processor, as 32-bit programs make them, end the process.
/// </summary>
public static class SeccompProgram
{
    /// <summary>Bytes of an instruction: code (2), jump when true, jump when false, operand (4).</summary>
    public const int InstructionSize = 8;

    private const ushort Load = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort JumpIfAnyBit = 0x45;
    private const ushort Return = 0x06;
    private const uint Allow = 0x7FFF0000;
    private const uint Fail = 0x00050000;
    private const uint KillProcess = 0x80000000;
    private const uint X32Bit = 0x40000000;

    /// <summary>Offsets in <c>struct seccomp_data</c>.</summary>
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ArgumentsOffset = 16;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Instruction(ushort Code, byte WhenTrue, byte WhenFalse, uint Operand);

    /// <returns>The instructions as the kernel and bubblewrap read them.</returns>
    public static ImmutableArray<byte> Assemble(IEnumerable<SeccompRule> rules, SandboxArchitecture architecture)
    {
        var program = new List<Instruction>
        {
            new(Load, 0, 0, ArchitectureOffset),
            new(JumpIfEqual, 1, 0, architecture == SandboxArchitecture.X64 ? 0xC000003E : 0xC00000B7),
            new(Return, 0, 0, KillProcess),
            new(Load, 0, 0, NumberOffset),
        };
        if (architecture == SandboxArchitecture.X64)
        {
            // The same calls under other numbers.
            program.Add(new(JumpIfAtLeast, 0, 1, X32Bit));
            program.Add(new(Return, 0, 0, Fail | SeccompRule.OperationNotPermitted));
        }

        foreach (var rule in rules)
        {
            if (rule.Call.Number(architecture) is not { } number)
                continue;
            var body = Body(rule).ToList();
            program.Add(new(JumpIfEqual, 0, (byte)body.Count, (uint)number));
            program.AddRange(body);
        }

        program.Add(new(Return, 0, 0, Allow));
        return ToBytes(program);
    }

    /// <summary>Reached when the number fits; every way through it returns, since it may have loaded something else.</summary>
    private static IEnumerable<Instruction> Body(SeccompRule rule) => rule switch
    {
        SeccompRule.Deny deny => [Failure(deny.Error)],
        SeccompRule.DenyBits { Condition: null } bits =>
        [
            Argument(bits.Argument),
            new(JumpIfAnyBit, 0, 1, bits.Bits),
            Failure(),
            Success(),
        ],
        SeccompRule.DenyBits { Condition: { } condition } bits =>
        [
            Argument(condition.Argument),
            new(JumpIfAnyBit, 0, 3, condition.Bits),
            Argument(bits.Argument),
            new(JumpIfAnyBit, 0, 1, bits.Bits),
            Failure(),
            Success(),
        ],
        SeccompRule.DenyValues values =>
        [
            Argument(values.Argument),
            .. values.Values.Select((v, i) => new Instruction(JumpIfEqual, (byte)(values.Values.Length - i), 0, v)),
            Success(),
            Failure(),
        ],
        SeccompRule.Only { AndNot: null } only =>
        [
            Argument(only.Argument),
            new(JumpIfEqual, 1, 0, only.Value),
            Failure(),
            Success(),
        ],
        SeccompRule.Only { AndNot: { } not } only =>
        [
            Argument(only.Argument),
            new(JumpIfEqual, 1, 0, only.Value),
            Failure(),
            Argument(not.Argument),
            new(JumpIfAnyBit, 0, 1, not.Bits),
            Failure(),
            Success(),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    /// <summary>Both processors are little-endian: the lower half comes first.</summary>
    private static Instruction Argument(int index) => new(Load, 0, 0, ArgumentsOffset + (8 * (uint)index));

    private static Instruction Failure(int error = SeccompRule.OperationNotPermitted) => new(Return, 0, 0, Fail | (uint)error);

    private static Instruction Success() => new(Return, 0, 0, Allow);

    private static ImmutableArray<byte> ToBytes(List<Instruction> program)
    {
        var bytes = new byte[program.Count * InstructionSize];
        for (var i = 0; i < program.Count; i++)
        {
            var at = bytes.AsSpan(i * InstructionSize);
            BinaryPrimitives.WriteUInt16LittleEndian(at, program[i].Code);
            at[2] = program[i].WhenTrue;
            at[3] = program[i].WhenFalse;
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], program[i].Operand);
        }

        return [.. bytes];
    }
}
