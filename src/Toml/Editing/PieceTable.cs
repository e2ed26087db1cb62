using System.Collections.Immutable;

namespace Codex.Toml.Editing;

/// <summary>Adds up splices made one after another on changing texts to splices on the first text.</summary>
internal sealed class PieceTable(ReadOnlyMemory<byte> original)
{
    private List<Piece> _pieces = [new(original, 0, "")];

    /// <summary>Takes in splices on the text as it is now, ordered and not overlapping.</summary>
    public void Apply(ImmutableArray<Splice> splices)
    {
        var rest = new Stack<Piece>(Enumerable.Reverse(_pieces));
        var next = new List<Piece>();
        var at = 0;
        foreach (var splice in splices)
        {
            Take(splice.Start - at, next);
            Take(splice.Length, into: null);
            next.Add(new(splice.New, -1, splice.Reason));
            at = splice.End;
        }

        Take(int.MaxValue, next);
        _pieces = next;
        return;

        void Take(int count, List<Piece>? into)
        {
            while (count > 0 && rest.TryPop(out var piece))
            {
                if (piece.Text.Length > count)
                {
                    into?.Add(piece with { Text = piece.Text[..count] });
                    rest.Push(piece with { Text = piece.Text[count..], Start = piece.IsOriginal ? piece.Start + count : -1 });
                    return;
                }

                into?.Add(piece);
                count -= piece.Text.Length;
            }
        }
    }

    /// <summary>The splices on the original text.</summary>
    public ImmutableArray<Splice> Splices()
    {
        var splices = ImmutableArray.CreateBuilder<Splice>();
        var at = 0;
        var inserted = new List<Piece>();
        foreach (var piece in _pieces.Where(p => !p.Text.IsEmpty).Append(new(default, original.Length, "")))
        {
            if (!piece.IsOriginal)
            {
                inserted.Add(piece);
                continue;
            }

            if (inserted.Count > 0 || piece.Start > at)
                Add(splices, at, piece.Start, inserted);
            inserted.Clear();
            at = piece.Start + piece.Text.Length;
        }

        return splices.DrainToImmutable();
    }

    private void Add(ImmutableArray<Splice>.Builder splices, int start, int end, List<Piece> inserted)
    {
        byte[] text = [.. inserted.SelectMany(p => p.Text.ToArray())];
        if (original.Span[start..end].SequenceEqual(text))
            return;
        var reasons = inserted.Select(p => p.Reason).Distinct(StringComparer.Ordinal);
        splices.Add(new(start, end - start, text, inserted.Count == 0 ? "remove" : string.Join(", ", reasons)));
    }

    /// <summary>A stretch of the text as it is now; <paramref name="Start"/> is its place in the original, or -1 for new text.</summary>
    private sealed record Piece(ReadOnlyMemory<byte> Text, int Start, string Reason)
    {
        public bool IsOriginal => Start >= 0;
    }
}
