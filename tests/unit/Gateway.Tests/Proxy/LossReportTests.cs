using System.Collections.Immutable;
using Codex.Gateway.Proxy;
using Codex.Translation.Translate;

namespace Codex.Gateway.Tests.Proxy;

public sealed class LossReportTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("service_tier", "service_tier")]
    [InlineData("tools[3] service_tier", "tools[3],service_tier")]
    [InlineData("größe\nx", "gr??e?x")]
    public void Paths_are_joined_and_fit_for_a_header(string paths, string? report) =>
        LossReport.Of([.. paths.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => new DroppedField(p, "reason"))]).ShouldBe(report);

    [Fact]
    public void A_long_list_is_cut_at_a_whole_path_and_says_how_many_are_missing()
    {
        var dropped = Enumerable.Range(0, 500).Select(i => new DroppedField($"tools[{i}]", "reason")).ToImmutableArray();

        var report = LossReport.Of(dropped)!;

        report.Length.ShouldBeLessThan(1100);
        var shown = report.Split(',');
        shown[^1].ShouldBe($"+{500 - (shown.Length - 1)}");
    }
}
