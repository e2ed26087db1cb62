using System.Globalization;
using Xunit.Abstractions;

namespace Codex.Contract.Tests.Chaos;

/// <summary>
/// Everything that goes wrong, at once. Short here; <c>CHAOS_SECONDS=300</c> makes it the long run, and
/// <c>CHAOS_SEED</c> another one.
/// </summary>
[CollectionDefinition(nameof(ChaosTests), DisableParallelization = true)]
[Collection(nameof(ChaosTests))]
public sealed class ChaosTests(ITestOutputHelper output)
{
    /// <summary>For pools that grew later than the first phase; one leaked stream in ten would be far more.</summary>
    private const long Allowance = 32 * 1024 * 1024;

    [Fact]
    public async Task Every_request_ends_once_and_truly_whatever_the_backends_do()
    {
        var report = await new ChaosRun(Number("CHAOS_SEED", 1), TimeSpan.FromSeconds(Number("CHAOS_SECONDS", 8))).RunAsync();

        output.WriteLine(report.ToString());
        report.Ledger.Violations.ShouldBeEmpty(report.ToString());
        report.Tally.Of("completed").ShouldBeGreaterThan(0);
        report.Tally.Of("client left").ShouldBeGreaterThan(0);
        (report.After.Heap - report.Before.Heap).ShouldBeLessThan(Allowance, report.ToString());
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : usual;
}
