using System.Globalization;

namespace Codex.Bench.Load;

/// <summary>What one proxy did in one round.</summary>
/// <param name="CpuPerRequest">Of the proxy's process alone.</param>
/// <param name="FirstDeltaTail">99th percentile.</param>
internal sealed record Round(TimeSpan CpuPerRequest, double RequestsPerSecond, TimeSpan FirstDelta, TimeSpan FirstDeltaTail);

/// <summary>One round of each, one after the other.</summary>
/// <param name="Guarded">The gateway with a key and limits.</param>
internal sealed record Turn(Round PassThrough, Round Gateway, Round Guarded);

/// <summary>The table at the end: medians over the rounds, and the ratios round by round.</summary>
internal static class LoadReport
{
    public static void Write(TextWriter output, List<Turn> rounds, long passThroughMemory, long gatewayMemory, int idle)
    {
        output.WriteLine();
        output.WriteLine($"{"",-34}{"bare YARP",12}{"gateway",12}{"ratio",9}   (min to max)   {"with key",12}{"ratio",9}   (min to max)");
        Row("CPU a request, ms", r => r.CpuPerRequest.TotalMilliseconds);
        Row("requests/s", r => r.RequestsPerSecond);
        Row("first delta, median, ms", r => r.FirstDelta.TotalMilliseconds);
        Row("first delta, p99, ms", r => r.FirstDeltaTail.TotalMilliseconds);
        output.WriteLine(
            $"{$"memory an open stream (of {idle}), KiB",-34}{Figure(passThroughMemory / 1024.0),12}{Figure(gatewayMemory / 1024.0),12}{Figure((double)gatewayMemory / passThroughMemory),9}");

        void Row(string name, Func<Round, double> figure)
        {
            output.WriteLine(
                $"{name,-34}{Figure(Median(rounds.Select(r => figure(r.PassThrough)))),12}{Figure(Median(rounds.Select(r => figure(r.Gateway)))),12}"
                + $"{Ratio(r => figure(r.Gateway) / figure(r.PassThrough))}   {Figure(Median(rounds.Select(r => figure(r.Guarded)))),12}{Ratio(r => figure(r.Guarded) / figure(r.Gateway))}");
        }

        string Ratio(Func<Turn, double> ratio)
        {
            var ratios = rounds.Select(ratio).Order().ToList();
            return $"{Figure(Median(ratios)),9}   ({Figure(ratios[0])} to {Figure(ratios[^1])})";
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Figure(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
