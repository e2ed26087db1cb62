using Spectre.Console;

namespace Codex.Gateway.CommandLine;

/// <summary>A table fitted to the terminal, or in full and plain when the output goes elsewhere.</summary>
internal static class PlainTable
{
    public static void Write(TextWriter output, string[] header, IReadOnlyList<string[]> rows)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            // Blanks and bars of a drawn table would only be in the way of whatever reads this.
            var widths = Enumerable.Range(0, header.Length).Select(i => rows.Append(header).Max(r => r[i].Length)).ToArray();
            foreach (var row in rows.Prepend(header))
                output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in header)
            table.AddColumn(title);
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        console.Write(table);
    }
}
