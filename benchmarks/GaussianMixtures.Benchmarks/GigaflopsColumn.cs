using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace GaussianMixtures.Benchmarks;

/// <summary>Flops a second of a kernel benchmark, plain or as a share of what the machine's multiply-add units can do.</summary>
internal sealed class GigaflopsColumn(bool isShare) : IColumn
{
    public string Id => $"{nameof(GigaflopsColumn)}.{ColumnName}";

    public string ColumnName => isShare ? "OfLimit" : "GFLOP/s";

    public string Legend => isShare
        ? string.Create(CultureInfo.InvariantCulture, $"Share of one thread's multiply-add limit, {MultiplyAddLimit.GigaflopsPerSecond:F1} GFLOP/s here")
        : "Least flops of the kernel, in 10^9 a second";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => isShare ? 1 : 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        if (summary[benchmarkCase]?.ResultStatistics is not { } statistics)
            return "-";

        int d = (int)benchmarkCase.Parameters[nameof(KernelBenchmarks.D)];
        double rate = KernelBenchmarks.Flops(benchmarkCase.Descriptor.WorkloadMethod.Name, d) / statistics.Median;
        return isShare
            ? (rate / MultiplyAddLimit.GigaflopsPerSecond).ToString("P0", CultureInfo.InvariantCulture)
            : rate.ToString("F1", CultureInfo.InvariantCulture);
    }
}
