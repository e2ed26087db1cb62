using System.CommandLine;
using Codex.Agent.Configuration;
using Codex.Agent.Doctor;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Interactive.Terminal;
using Codex.Agent.Output;

namespace Codex.Agent.CommandLine;

/// <summary><c>codex-agent doctor</c>: looks for everything that keeps the agent from working. Changes nothing.</summary>
internal static class DoctorCommand
{
    private const int HasErrors = 1;

    /// <param name="outer">The flags that may stand before the command: what they choose is examined.</param>
    /// <param name="around">Null for the process's own.</param>
    public static Command Create(ExecSurroundings surroundings, ThreadOptions outer, Surroundings? around = null)
    {
        var asJson = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("doctor", "Find out why the agent does not work: settings, model, key, sandbox, MCP servers, sessions. Flags before it choose what is examined, as in codex-agent -p NAME doctor.") { asJson };
        command.SetAction(async (parsed, cancellation) =>
        {
            var examination = Examine(surroundings, outer.Settings(parsed, isExec: false), around ?? Surroundings.OfProcess());
            var output = parsed.InvocationConfiguration.Output;
            var findings = new List<Finding>();
            var report = new DoctorReport(new Style(IsPlain: !HasColour(surroundings, examination.Around)));
            await foreach (var finding in CheckRegistry.ExamineAsync(examination, cancellation))
            {
                findings.Add(finding);
                if (!parsed.GetValue(asJson))
                    await output.WriteAsync(report.Line(finding));
            }

            var exitCode = findings.Any(f => f.Severity == Severity.Error) ? HasErrors : 0;
            await output.WriteAsync(parsed.GetValue(asJson) ? DoctorReport.Json(findings, examination.Version, exitCode) : DoctorReport.Summary(findings));
            return exitCode;
        });
        return command;
    }

    private static Examination Examine(ExecSurroundings surroundings, SettingsRequest request, Surroundings around)
    {
        var isInteractive = surroundings is { Input: null, HasScreen: true };
        return new Examination(
            around,
            CodexHome.Find(around, new SettingsFindings()),
            new SettingsLoader(around, surroundings.Time).Load(request),
            new TerminalFacts(isInteractive, isInteractive ? TerminalControl.Size() : null),
            AgentCommandLine.Version,
            surroundings.Time);
    }

    private static bool HasColour(ExecSurroundings surroundings, Surroundings around) =>
        surroundings.HasScreen && around.Variable("NO_COLOR") is null && around.Variable("TERM") is not (null or "dumb");
}
