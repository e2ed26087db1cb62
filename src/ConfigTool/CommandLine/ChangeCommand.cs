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
        var asks = Asks(invocation, mode);
        var report = await new ChangeRunner(invocation.Environment, invocation.State)
            .RunAsync(request, asks ? mode with { Confirm = printer.ConfirmAsync } : mode, cancellation);
        if (invocation.Style.Json)
            await invocation.Terminal.Output.WriteLineAsync(ReportJson.Write(report, further));
        else
            printer.Print(report, planIsShown: asks && !mode.DryRun, showDiff, further);
        VerboseLines.End(invocation, report);
        return report.ExitCode;
    }

    /// <summary>A change that is a part of a larger command: printed for a person, and left to the command in JSON unless it is refused.</summary>
    public static async Task<Report> ReportAsync(Invocation invocation, ChangeRequest request, ChangeMode mode, bool showDiff, CancellationToken cancellation)
    {
        var printer = new ReportPrinter(invocation);
        var asks = Asks(invocation, mode);
        var report = await new ChangeRunner(invocation.Environment, invocation.State)
            .RunAsync(request, asks ? mode with { Confirm = printer.ConfirmAsync } : mode, cancellation);
        if (!invocation.Style.Json)
            printer.Print(report, planIsShown: asks && !mode.DryRun, showDiff, []);
        else if (report is { Refusal: not null })
            await invocation.Terminal.Output.WriteLineAsync(ReportJson.Write(report, []));
        return report;
    }

    private static bool Asks(Invocation invocation, ChangeMode mode) =>
        invocation is { Terminal.CanAsk: true, Style: { Json: false, Quiet: false } } && !mode.Yes;

    /// <summary>Prints what a command came to that has nothing to plan.</summary>
    public static int Tell(Invocation invocation, Report report)
    {
        if (invocation.Style.Json)
            invocation.Terminal.Output.WriteLine(ReportJson.Write(report, []));
        else
            new ReportPrinter(invocation).Print(report, planIsShown: false, showDiff: false, []);
        return report.ExitCode;
    }

    /// <summary>Prints why a command does nothing.</summary>
    public static int Refuse(Invocation invocation, string command, Refusal refusal) => Refuse(invocation.Terminal, invocation.Style.Json, command, refusal);

    /// <summary>The same while it is not known yet where things are.</summary>
    public static int Refuse(Terminal terminal, bool isJson, string command, Refusal refusal)
    {
        if (isJson)
            terminal.Output.WriteLine(ReportJson.Write(Report.Refuse(command, refusal), []));
        else
            ReportPrinter.PrintRefusal(terminal, refusal);
        return refusal.ExitCode;
    }
}
