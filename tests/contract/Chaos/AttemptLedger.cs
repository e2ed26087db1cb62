using System.Collections.Concurrent;

namespace Codex.Contract.Tests.Chaos;

/// <summary>Which attempts each request led to, as the backends saw them, and what is wrong with that.</summary>
internal sealed class AttemptLedger
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _violations = new();
    private long _attempts;

    public long Attempts => Interlocked.Read(ref _attempts);

    public IReadOnlyCollection<string> Violations => _violations;

    public ConcurrentDictionary<Mishap, int> Mishaps { get; } = new();

    public void Accuse(string violation)
    {
        if (_violations.Count < 100)
            _violations.Enqueue(violation);
    }

    /// <summary>An attempt arrives at a backend.</summary>
    /// <returns>Its number, from 1.</returns>
    public int Begin(string id)
    {
        Interlocked.Increment(ref _attempts);
        var entry = _entries.GetOrAdd(id, static _ => new Entry());
        lock (entry)
        {
            entry.Count++;
            // One whose client left while it was being sent may still arrive; not so one that follows output.
            if (entry.Heard is { } heard)
                Accuse($"{id}: attempt {entry.Count} began after output of attempt {heard} had reached the client");
            else if (entry.IsOver)
                Accuse($"{id}: attempt {entry.Count} began after the client had its answer");
            return entry.Count;
        }
    }

    /// <summary>The client has seen output of this attempt.</summary>
    public void Hear(string id, int attempt)
    {
        var entry = _entries.GetOrAdd(id, static _ => new Entry());
        lock (entry)
        {
            if (entry.Heard is { } heard && heard != attempt)
                Accuse($"{id}: the client heard attempts {heard} and {attempt}");
            else if (entry.Count != attempt)
                Accuse($"{id}: the client heard attempt {attempt}, and there were {entry.Count}");
            entry.Heard = attempt;
        }
    }

    /// <summary>The client has its whole answer or its error.</summary>
    public void End(string id)
    {
        var entry = _entries.GetOrAdd(id, static _ => new Entry());
        lock (entry)
            entry.IsOver = true;
    }

    /// <summary>What the backends know of a request.</summary>
    public string Told(string id) => $"{(_entries.TryGetValue(id, out var entry) ? entry.Count : 0)} attempts";

    /// <summary>What a whole run remembers would look like a leak of the gateway.</summary>
    public void Forget() => _entries.Clear();

    private sealed class Entry
    {
        public int Count;
        public int? Heard;
        public bool IsOver;
    }
}
