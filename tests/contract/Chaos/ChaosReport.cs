using System.Diagnostics;
using System.Globalization;

namespace Codex.Contract.Tests.Chaos;

internal sealed record ChaosReport(int Seed, TimeSpan Took, Tally Tally, AttemptLedger Ledger, int Kills, Memory Before, Memory After)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        seed {Seed}, {Took.TotalSeconds:0} s, {Tally.Sum} requests, {Ledger.Attempts} attempts at the backends, {Kills} kills
        ends: {Tally}
        attempts met: {string.Join(", ", Ledger.Mishaps.OrderByDescending(m => m.Value).Select(m => $"{m.Value} {m.Key}"))}
        memory: {Before} before, {After} after
        {Ledger.Violations.Count} violations
        {string.Join('\n', Ledger.Violations)}
        """);
}

/// <param name="Heap">Bytes of live objects after a full collection.</param>
/// <param name="WorkingSet">Bytes of the process.</param>
internal sealed record Memory(long Heap, long WorkingSet)
{
    public static Memory Take()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var self = Process.GetCurrentProcess();
        return new Memory(GC.GetTotalMemory(forceFullCollection: true), self.WorkingSet64);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Heap / 1048576.0:0.0} MiB heap, {WorkingSet / 1048576.0:0.0} MiB in all");
}
