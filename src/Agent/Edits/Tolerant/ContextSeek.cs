using System.Collections.Immutable;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>Finds the line a chunk names before its lines.</summary>
internal static class ContextSeek
{
    public static (int Index, string? Note)? Find(ImmutableArray<string> lines, string context, int from)
    {
        var strict = LineSeek.Find(lines, [context], from, isEndOfFile: false);
        if (strict >= 0)
            return (strict, null);
        var wanted = context.Trim();
        if (wanted.EndsWith("@@", StringComparison.Ordinal))
            wanted = wanted[..^2].TrimEnd();
        if (wanted.Length == 0)
            return null;
        return Only(lines, from, l => l.Trim() == wanted)
            ?? Only(lines, from, l => l.TrimStart().StartsWith(wanted, StringComparison.Ordinal))
            ?? Only(lines, from, l => l.Contains(wanted, StringComparison.Ordinal));
    }

    private static (int Index, string? Note)? Only(ImmutableArray<string> lines, int from, Func<string, bool> isMeant)
    {
        var places = Enumerable.Range(from, Math.Max(0, lines.Length - from)).Where(i => isMeant(lines[i])).Take(2).ToArray();
        return places is [var only] ? (only, $"a part of line {only + 1} was taken as context line") : null;
    }
}
