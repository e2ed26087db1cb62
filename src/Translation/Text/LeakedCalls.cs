using System.Collections.Immutable;
using Codex.Translation.Dialects;

namespace Codex.Translation.Text;

/// <summary>A tool call that was written as text.</summary>
/// <param name="Start">Character at which its text begins.</param>
/// <param name="Length">Characters it takes up.</param>
public sealed record LeakedCall(string Name, string Arguments, int Start, int Length);

/// <summary>Finds tool calls in a whole answer, in every shape that models are known to leak them in (symptom 24).</summary>
public static class LeakedCalls
{
    /// <summary>Calls in their order; empty when one of them names a tool that was not offered.</summary>
    /// <param name="isOffered">Text that merely talks about calls must not become one.</param>
    public static ImmutableArray<LeakedCall> Find(string text, Func<string, bool> isOffered)
    {
        var found = ImmutableArray.CreateBuilder<LeakedCall>();
        for (var position = 0; position < text.Length;)
        {
            if (Next(text, position) is not var (shape, start))
                break;
            if (LeakedCallText.Read(shape, text[start..], atEnd: true) is not LeakedText.Calls { Length: > 0 } calls)
            {
                position = start + 1;
                continue;
            }

            if (!calls.All.All(c => isOffered(c.Name)))
                return [];
            found.AddRange(calls.All.Select(c => new LeakedCall(c.Name, c.Arguments, start, calls.Length)));
            position = start + calls.Length;
        }

        return found.ToImmutable();
    }

    private static (LeakedCallShape Shape, int Start)? Next(string text, int from)
    {
        (LeakedCallShape, int)? nearest = null;
        var best = int.MaxValue;
        foreach (var shape in Enum.GetValues<LeakedCallShape>())
        {
            foreach (var marker in LeakedCallText.Markers(shape))
            {
                var at = text.IndexOf(marker, from, StringComparison.Ordinal);
                if (at < 0 || at >= best)
                    continue;
                best = at;
                nearest = (shape, at);
            }
        }

        return nearest;
    }
}
