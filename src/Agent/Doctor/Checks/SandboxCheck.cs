using System.Runtime.CompilerServices;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Doctor.Checks;

/// <summary>Which sandboxes pass their self-test on this machine, and what the one that is used cannot do.</summary>
internal static class SandboxCheck
{
    public static async IAsyncEnumerable<Finding> FindAsync(Examination examination, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var choice in (SandboxChoice[])[SandboxChoice.Bubblewrap, SandboxChoice.Landlock])
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new("I14", await SandboxSelfTest.FindAsync(choice) switch
            {
                SandboxBackend.Bubblewrap bubblewrap => $"bubblewrap works: {bubblewrap.Path}{(bubblewrap.MountsProc ? "" : ", without a /proc of its own")}",
                SandboxBackend.Landlock landlock => $"Landlock works, version {landlock.Version}",
                SandboxBackend.None none => none.Reason,
                var other => throw new NotSupportedException(other.GetType().Name),
            });
        }

        var best = await SandboxSelfTest.FindAsync(SandboxChoice.Best);
        if (best.Weakness is { } weakness && examination.Settings?.Sandbox.Mode != SandboxMode.FullAccess)
            yield return new(best is SandboxBackend.None ? "E07" : "W07", weakness);
    }
}
