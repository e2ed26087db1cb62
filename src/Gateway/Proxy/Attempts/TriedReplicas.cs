using System.Globalization;

namespace Codex.Gateway.Proxy.Attempts;

/// <summary>Tells what was tried, when more than one attempt failed.</summary>
internal static class TriedReplicas
{
    /// <summary>The last failure, with every replica that was asked and why it failed.</summary>
    public static Failure Tell(Failure last, IReadOnlyList<Attempt> attempts, TimeSpan elapsed)
    {
        if (attempts.Count < 2)
            return last;
        var tried = attempts
            .Where(a => a.Destination is not null)
            .GroupBy(a => (a.Destination, Cause: a.Failure.Cause ?? "failed"))
            .Select(g => g.Count() == 1
                ? $"{g.Key.Destination} ({g.Key.Cause})"
                : string.Create(CultureInfo.InvariantCulture, $"{g.Key.Destination} ({g.Key.Cause}, {g.Count()} times)"));
        return last with
        {
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"{last.Message} Tried {attempts.Count} times in {elapsed.TotalSeconds:0.#} s: {string.Join("; ", tried)}."),
        };
    }
}
