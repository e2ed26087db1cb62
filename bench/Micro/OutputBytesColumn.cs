using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Codex.Bench.Micro;

/// <summary>Bytes in and out for one chunk, beside the time and the allocations that BenchmarkDotNet measures.</summary>
internal sealed class OutputBytesColumn : IColumn
{
    public string Id => nameof(OutputBytesColumn);

    public string ColumnName => "Bytes in/out";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => false;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Bytes of the backend's stream and of the events written for it, for one chunk";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        if (benchmarkCase.Parameters[nameof(ChunkBenchmarks.Stream)] is not string stream)
            return "-";
        var bench = new ChunkBenchmarks { Stream = stream };
        bench.Prepare();
        return string.Create(CultureInfo.InvariantCulture, $"{bench.InputBytes / ChatStreams.Chunks} / {bench.OutputBytes() / ChatStreams.Chunks}");
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
