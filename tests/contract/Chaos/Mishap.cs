namespace Codex.Contract.Tests.Chaos;

/// <summary>What one attempt meets at a backend.</summary>
internal enum Mishap
{
    None,

    /// <summary>The answer comes a few bytes at a time.</summary>
    Drip,

    /// <summary>The request is taken and nothing is ever answered.</summary>
    Silence,

    /// <summary>The answer stops in the middle, the connection stays.</summary>
    Stall,

    /// <summary>The connection is reset after a byte anywhere, in the head too.</summary>
    Reset,

    /// <summary>The connection is closed after a byte anywhere.</summary>
    Cut,

    ErrorFirst,
    ErrorLater,
    Answer408,
    Answer429,
    Answer429Waiting,
    Answer500,
    Answer502Page,
    Answer503Loading,
    AnswerTooLong,
    AnswerInvalid,
}

/// <summary>What the seed says of every attempt: the same for the same seed, request and number.</summary>
internal sealed class Fate(int seed)
{
    private static readonly (Mishap Mishap, int Weight)[] Table =
    [
        (Mishap.None, 62),
        (Mishap.Drip, 6),
        (Mishap.Silence, 2),
        (Mishap.Stall, 3),
        (Mishap.Reset, 6),
        (Mishap.Cut, 5),
        (Mishap.ErrorFirst, 3),
        (Mishap.ErrorLater, 2),
        (Mishap.Answer408, 1),
        (Mishap.Answer429, 1),
        (Mishap.Answer429Waiting, 2),
        (Mishap.Answer500, 3),
        (Mishap.Answer502Page, 1),
        (Mishap.Answer503Loading, 1),
        (Mishap.AnswerTooLong, 1),
        (Mishap.AnswerInvalid, 1),
    ];

    private static readonly int Sum = Table.Sum(row => row.Weight);

    public Random Of(string what)
    {
        // Strings hash differently in every process; a run has to be repeatable.
        var hash = unchecked((uint)seed * 16777619 + 2166136261);
        foreach (var c in what)
            hash = unchecked((hash ^ c) * 16777619);
        return new Random(unchecked((int)hash));
    }

    public static Mishap Draw(Random random)
    {
        var left = random.Next(Sum);
        foreach (var (mishap, weight) in Table)
        {
            left -= weight;
            if (left < 0)
                return mishap;
        }

        return Mishap.None;
    }
}
