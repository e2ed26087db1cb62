using System.Collections.Immutable;

namespace Codex.Toml.Editing;

/// <summary>Bytes to take out at a place, and bytes to put there.</summary>
/// <param name="Start">Offset in the text the splice is for.</param>
/// <param name="Length">How many bytes go.</param>
/// <param name="New">What comes instead.</param>
/// <param name="Reason">What it is for, in a few words.</param>
public sealed record Splice(int Start, int Length, ReadOnlyMemory<byte> New, string Reason)
{
    public int End => Start + Length;

    /// <summary>Applies splices that are ordered and do not overlap.</summary>
    public static byte[] Apply(ReadOnlyMemory<byte> text, ImmutableArray<Splice> splices)
    {
        var result = new byte[text.Length + splices.Sum(s => s.New.Length - s.Length)];
        int read = 0, written = 0;
        foreach (var splice in splices)
        {
            Copy(text[read..splice.Start]);
            Copy(splice.New);
            read = splice.End;
        }

        Copy(text[read..]);
        return result;

        void Copy(ReadOnlyMemory<byte> piece)
        {
            piece.CopyTo(result.AsMemory(written));
            written += piece.Length;
        }
    }

    /// <summary>The splices that lead from the result back to the text.</summary>
    public static ImmutableArray<Splice> Invert(ReadOnlyMemory<byte> text, ImmutableArray<Splice> splices)
    {
        var shift = 0;
        var inverse = ImmutableArray.CreateBuilder<Splice>(splices.Length);
        foreach (var splice in splices)
        {
            inverse.Add(new(splice.Start + shift, splice.New.Length, text.Slice(splice.Start, splice.Length), $"undo: {splice.Reason}"));
            shift += splice.New.Length - splice.Length;
        }

        return inverse.MoveToImmutable();
    }
}
