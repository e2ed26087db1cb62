using System.Globalization;

namespace Codex.Bench.Agent;

/// <summary>Medians over the rounds, and the ratios round by round.</summary>
internal static class BenchReport
{
    /// <param name="rounds">Of each round our figures, then Codex's when it runs too.</param>
    public static void Write(TextWriter output, string name, List<RunFigures[]> rounds)
    {
        output.WriteLine($"{name,-34}{"codex-agent",12}{"Codex",12}{"ratio",9}   (min to max)");
        Row("  first output, ms", f => f.FirstOutput.TotalMilliseconds);
        Row("  end, ms", f => f.End.TotalMilliseconds);
        Row("  CPU, ms", f => f.Cpu.TotalMilliseconds);
        Row("  peak memory, MiB", f => f.PeakBytes / 1048576.0);
        output.WriteLine();

        void Row(string figure, Func<RunFigures, double> of)
        {
            var line = $"{figure,-34}{Figure(Median(rounds.Select(r => of(r[0])))),12}";
            if (rounds[0].Length > 1)
            {
                var ratios = rounds.Select(r => of(r[0]) / of(r[1])).Order().ToList();
                line += $"{Figure(Median(rounds.Select(r => of(r[1])))),12}{Figure(Median(ratios)),9}   ({Figure(ratios[0])} to {Figure(ratios[^1])})";
            }

            output.WriteLine(line);
        }
    }

    public static void Write(TextWriter output, string[] programs, int[] windows, Dictionary<(string Program, int Window), RequestSize> sizes)
    {
        output.WriteLine($"{"first request",-34}{"codex-agent",12}{"Codex",12}{"ratio",9}");
        foreach (var window in windows)
        {
            Row($"  window {window}: bytes", s => s.Bytes);
            Row("    tokens, 4 bytes each", s => s.Tokens);
            Row("    of it tools, bytes", s => s.ToolBytes);

            void Row(string figure, Func<RequestSize, int> of)
            {
                var ours = of(sizes[(programs[0], window)]);
                var line = $"{figure,-34}{ours,12}";
                if (programs.Length > 1 && of(sizes[(programs[1], window)]) is var theirs)
                    line += $"{theirs,12}{Figure((double)ours / theirs),9}";
                output.WriteLine(line);
            }
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Figure(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
