using System.Collections.Immutable;
using System.Globalization;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.Toml.Diff;
using Codex.Toml.Values;
using Spectre.Console;

namespace Codex.ConfigTool.Output;

/// <summary>Tells a person what will change, and what a command came to.</summary>
internal sealed class ReportPrinter(Invocation invocation)
{
    private readonly Terminal _terminal = invocation.Terminal;

    /// <summary>Shows the plan and asks.</summary>
    public async Task<bool> ConfirmAsync(ImmutableArray<PlannedChange> changes, CancellationToken cancellation)
    {
        ShowPlan(changes, showDiff: true);
        await _terminal.Output.WriteAsync("Write these changes? [Y/n] ");
        await _terminal.Output.FlushAsync(cancellation);
        return (await _terminal.ReadLineAsync(cancellation))?.Trim() is "" or "y" or "Y" or "yes" or "Yes" or "YES";
    }

    /// <param name="report">What the command came to.</param>
    /// <param name="planIsShown">The plan has been shown when the user was asked.</param>
    /// <param name="showDiff">Show the diff as well.</param>
    /// <param name="further">Lines behind, when it was written.</param>
    public void Print(Report report, bool planIsShown, bool showDiff, IEnumerable<string> further)
    {
        if (report.Status == ChangeStatus.Refused)
        {
            PrintRefusal(report);
            PrintNotices(report.Notices);
            return;
        }

        if (invocation.Style.Quiet)
            return;
        if (report.Status == ChangeStatus.Settled)
        {
            PrintNotices(report.Notices);
            return;
        }

        if (report.Status == ChangeStatus.Unchanged)
        {
            Line($"{invocation.Shown(report.File!)}: no change needed.");
            PrintNotices(report.Notices);
            return;
        }

        if (!planIsShown)
            ShowPlan(report.Changes, showDiff);
        if (report.Status == ChangeStatus.Written)
            Line($"Written. Undo: codex-config undo {report.Operation}");
        else
            Line("Dry run: nothing was written.");
        foreach (var line in further)
            Line(line);
        PrintNotices(report.Notices);
    }

    public void PrintRefusal(Report report)
    {
        foreach (var conflict in report.Conflicts)
        {
            _terminal.Error.WriteLine($"{report.File}:{conflict.Position}: {conflict.Key}");
            _terminal.Error.WriteLine($"  yours: {conflict.Theirs}");
            _terminal.Error.WriteLine($"  new:   {conflict.Ours ?? "(none)"}");
        }

        PrintRefusal(_terminal, report.Refusal!);
    }

    /// <summary>Messages repeat what was typed, and hints what stands in files.</summary>
    public static void PrintRefusal(Terminal terminal, Refusal refusal)
    {
        terminal.Error.WriteLine(Printable.Text(refusal.ExitCode == ExitCodes.Done ? refusal.Message : $"codex-config: {refusal.Message}"));
        if (refusal.Hint is { } hint)
            terminal.Error.WriteLine(Printable.Text($"hint: {hint}"));
    }

    private void PrintNotices(ImmutableArray<Notice> notices)
    {
        foreach (var notice in notices)
            _terminal.Error.WriteLine(Printable.Text(notice.Position is { } at ? $"note: line {at.Line}: {notice.Message}" : $"note: {notice.Message}"));
    }

    private void ShowPlan(ImmutableArray<PlannedChange> changes, bool showDiff)
    {
        foreach (var change in changes)
        {
            Line(change.File.IsLink
                ? $"{invocation.Shown(change.File.Path)} → {invocation.Shown(change.File.RealPath)} (link kept)"
                : invocation.Shown(change.File.Path));
            if (showDiff)
                ShowDiff(change);
            Line($"  {Summary(change)}");
        }
    }

    private void ShowDiff(PlannedChange change)
    {
        Line("");
        foreach (var line in DiffText.Lines(change))
            _terminal.WriteLine($"  {line}", DiffText.ColorOf(line), invocation.Style.Color);

        Line("");
    }

    private static string Summary(PlannedChange change)
    {
        if (change.After is null)
            return "The file is removed.";
        var parts = new List<string>();
        var differences = change.ByProvider().ToList();
        Count(differences.Count(d => d is SemanticDifference.Added { New: not TomlValue.Table }), "value set", "values set");
        Count(differences.Count(d => d is SemanticDifference.Changed), "changed", "changed");
        Count(differences.Count(d => d is SemanticDifference.Added { New: TomlValue.Table }), "table added", "tables added");
        Count(differences.Count(d => d is SemanticDifference.Removed), "removed", "removed");
        return parts.Count == 0 ? "Only the layout changes." : $"{string.Join(", ", parts)}. Nothing else changes.";

        void Count(int count, string one, string many)
        {
            if (count > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}"));
        }
    }

    private void Line(string text) => _terminal.WriteLine(Printable.Text(text), Color.Default, invocation.Style.Color);
}
