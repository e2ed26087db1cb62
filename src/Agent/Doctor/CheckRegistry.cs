using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Codex.Agent.Doctor.Checks;

namespace Codex.Agent.Doctor;

/// <summary>Every check, in the order in which it is told. Adding one is one file and one entry here.</summary>
internal static class CheckRegistry
{
    private static readonly ImmutableArray<Func<Examination, CancellationToken, IAsyncEnumerable<Finding>>> All =
    [
        Quick(ProgramCheck.Find),
        Quick(HomeCheck.Find),
        Quick(SettingsCheck.Find),
        Quick(ProjectCheck.Find),
        Quick(RulesCheck.Find),
        ModelCheck.FindAsync,
        SandboxCheck.FindAsync,
        McpCheck.FindAsync,
        Quick(SessionsCheck.Find),
        Quick(TerminalCheck.Find),
    ];

    public static async IAsyncEnumerable<Finding> ExamineAsync(Examination examination, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var check in All)
        {
            await foreach (var finding in check(examination, cancellation))
                yield return finding;
        }
    }

    private static Func<Examination, CancellationToken, IAsyncEnumerable<Finding>> Quick(Func<Examination, IEnumerable<Finding>> find) =>
        (examination, _) => find(examination).ToAsyncEnumerable();
}
