using Codex.Gateway.Providers;
using Spectre.Console;

namespace Codex.Gateway.CommandLine;

/// <summary>Providers as a table: fitted to the terminal, or in full and plain when the output goes elsewhere.</summary>
internal static class ProviderTable
{
    private const int ModelsShown = 3;

    public static void Write(TextWriter output, ProviderSnapshot snapshot)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        var rows = snapshot.Providers.Select(Row).ToList();
        string[] header = ["provider", "dialect", "models", "address"];
        if (!console.Profile.Out.IsTerminal)
        {
            // Blanks and bars of a drawn table would only be in the way of whatever reads this.
            var widths = Enumerable.Range(0, header.Length).Select(i => rows.Append(header).Max(r => r[i].Length)).ToArray();
            foreach (var row in rows.Prepend(header))
                output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }
        else
        {
            var table = new Table().Border(TableBorder.Simple);
            foreach (var title in header)
                table.AddColumn(title);
            foreach (var row in rows)
                table.AddRow(row.Select(cell => new Text(cell)));
            console.Write(table);
        }

        foreach (var view in snapshot.Providers.Where(v => v.Problem is not null))
            output.WriteLine($"{view.Provider.Name}: {view.Problem}");
    }

    private static string[] Row(ProviderView view) =>
    [
        view.Provider.Name,
        view.Provider.DialectIsAssumed ? $"{view.Provider.Dialect.Name} (assumed)" : view.Provider.Dialect.Name,
        Models(view),
        view.Provider.Origin == ProviderOrigin.Embedded ? "embedded" : string.Join(' ', view.Provider.Replicas.Select(r => r.OriginalString)),
    ];

    private static string Models(ProviderView view)
    {
        if (view.Models.IsEmpty)
            return view.Problem is null ? "not asked yet" : "unknown";
        var shown = string.Join(", ", view.Models.Take(ModelsShown).Select(m => m.Id));
        return view.Models.Length > ModelsShown ? $"{shown} and {view.Models.Length - ModelsShown} more" : shown;
    }
}
