using System.Globalization;

namespace Codex.Agent.Processes;

/// <summary>
/// Processes that left the group of a confined command and would live on behind its end. Where no process namespace takes them
/// along, this process becomes their parent (<c>PR_SET_CHILD_SUBREAPER</c>), knows them by their filter, which nobody can
/// take off, and ends them as soon as no confined command runs.
/// </summary>
internal static class Leftovers
{
    private const int BecomeParentOfOrphans = 36;
    private const int MostRounds = 200;
    private static readonly Lock Gate = new();
    private static int _running;

    /// <summary>A confined command begins.</summary>
    public static void Begin()
    {
        lock (Gate)
        {
            LibC.ProcessControl(BecomeParentOfOrphans, 1, 0, 0, 0);
            _running++;
        }
    }

    /// <summary>It ended. After the last one nothing confined is left.</summary>
    public static void End()
    {
        lock (Gate)
        {
            if (--_running == 0)
                EndAll();
        }
    }

    /// <summary>Waits a moment for commands that were killed, so that what they leave is ended before this process is.</summary>
    public static void AwaitEnd()
    {
        for (var round = 0; round < MostRounds; round++)
        {
            lock (Gate)
            {
                if (_running == 0)
                    return;
            }

            Pause();
        }
    }

    private static void EndAll()
    {
        var own = ProcessFacts.Of(Environment.ProcessId);
        // What is killed leaves its own children to us.
        for (var round = 0; own is not null && round < MostRounds; round++)
        {
            var confined = Children().Where(c => c.IsConfinedMoreThan(own)).ToList();
            foreach (var child in confined)
            {
                LibC.Kill(child.Pid, LibC.SigKill);
                LibC.Wait(child.Pid, out _, LibC.WaitNoHang);
            }

            if (confined.TrueForAll(c => c.IsDead))
                return;
            Pause();
        }
    }

    private static unsafe void Pause() => _ = LibC.Poll(null, 0, 5);

    private static IEnumerable<ProcessFacts> Children() => Directory.EnumerateDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? ProcessFacts.Of(pid) : null)
        .OfType<ProcessFacts>()
        .Where(p => p.Parent == Environment.ProcessId);

    /// <param name="IsDead">It only waits to be asked for its exit code.</param>
    /// <param name="Filters">How many seccomp programs it has.</param>
    private sealed record ProcessFacts(int Pid, int Parent, bool IsDead, bool GainsNothing, int Filters)
    {
        public static ProcessFacts? Of(int pid)
        {
            try
            {
                var lines = File.ReadLines($"/proc/{pid}/status").Select(l => l.Split(':', 2)).Where(l => l.Length == 2).ToDictionary(l => l[0], l => l[1].Trim(), StringComparer.Ordinal);
                return new ProcessFacts(pid, Number("PPid"), lines.GetValueOrDefault("State")?.StartsWith('Z') ?? true, Number("NoNewPrivs") == 1, Number("Seccomp_filters"));

                int Number(string name) => int.TryParse(lines.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        /// <summary>A dead one shows no filters any more; it is ours to bury when we are not confined in the same way ourselves.</summary>
        public bool IsConfinedMoreThan(ProcessFacts other) => GainsNothing && (IsDead ? !other.GainsNothing : Filters > other.Filters);
    }
}
