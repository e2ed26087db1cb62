using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Codex.Agent.Tests.Sandbox;

/// <summary>Runs a seccomp program as the kernel does, as far as ours go.</summary>
internal static class SeccompMachine
{
    public const uint X64 = 0xC000003E;
    public const uint Arm64 = 0xC00000B7;
    public const uint Allow = 0x7FFF0000;

    public static uint Run(ImmutableArray<byte> program, uint architecture, int number, params ulong[] arguments)
    {
        var data = new byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(data, number);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), architecture);
        for (var i = 0; i < arguments.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(16 + (8 * i)), arguments[i]);

        var accumulator = 0u;
        for (var at = 0; ; at++)
        {
            var instruction = program.AsSpan(at * 8, 8);
            var operand = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20:
                    accumulator = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)operand));
                    break;
                case 0x15:
                    at += accumulator == operand ? instruction[2] : instruction[3];
                    break;
                case 0x35:
                    at += accumulator >= operand ? instruction[2] : instruction[3];
                    break;
                case 0x45:
                    at += (accumulator & operand) != 0 ? instruction[2] : instruction[3];
                    break;
                case 0x06:
                    return operand;
                case var code:
                    throw new InvalidOperationException($"Code {code:x} at {at}.");
            }
        }
    }
}
