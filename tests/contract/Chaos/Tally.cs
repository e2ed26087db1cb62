using System.Collections.Concurrent;

namespace Codex.Contract.Tests.Chaos;

/// <summary>How many requests ended in which way.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int Sum => _counts.Values.Sum();

    public void Count(string end) => _counts.AddOrUpdate(end, 1, static (_, n) => n + 1);

    public int Of(string end) => _counts.GetValueOrDefault(end);

    public override string ToString() => string.Join(", ", _counts.OrderByDescending(c => c.Value).Select(c => $"{c.Value} {c.Key}"));
}
