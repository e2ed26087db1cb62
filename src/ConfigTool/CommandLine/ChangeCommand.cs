using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Runs a change and prints what it came to; the same for every command that writes.</summary>
internal static class ChangeCommand
{
    /// <param name="invocation">Where and how.</param>
    /// <param name="request">What to change.</param>
    /// <param name="mode">As the flags say; who confirms is added here.</param>
    /// <param name="showDiff">Show the diff.</param>
    /// <param name="further">Lines behind, when it was written or would be.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public static async Task<int> RunAsync(Invocation invocation, ChangeRequest request, ChangeMode mode, bool showDiff, IEnumerable<string> further, CancellationToken cancellation)
    {
        var printer = new ReportPrinter(invocation);
        var asks = invocation is { Terminal.CanAsk: true, Style: { Json: false, Quiet: false } } && !mode.Yes;
        var report = await new ChangeRunner(invocation.Environment, invocation.State)
            .RunAsync(request, asks ? mode with { Confirm = printer.Confirm } : mode, cancellation);
        if (invocation.Style.Json)
            await invocation.Terminal.Output.WriteLineAsync(ReportJson.Write(report, further));
        else
            printer.Print(report, planIsShown: asks && !mode.DryRun, showDiff, further);
        return report.ExitCode;
    }

    /// <summary>Prints why a command does nothing.</summary>
    public static int Refuse(Invocation invocation, string command, Refusal refusal)
    {
        if (invocation.Style.Json)
            invocation.Terminal.Output.WriteLine(ReportJson.Write(command, refusal));
        else
            new ReportPrinter(invocation).PrintRefusal(refusal);
        return refusal.ExitCode;
    }
}
