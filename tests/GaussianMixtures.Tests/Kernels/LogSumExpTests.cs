using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>From log densities to responsibilities, whatever the magnitudes.</summary>
public class LogSumExpTests
{
    public static TheoryData<string> Names => KernelData.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Normalize_OfAnyComponents_IsLogSumExp(string name)
    {
        foreach (int k in new[] { 1, 2, 3, 4, 7, 16, 65 })
        {
            foreach (int count in KernelData.Counts)
            {
                KernelData data = new(k, count);
                foreach (double spread in new[] { 0, 1, 30, 1000, 1e100 })
                    ShouldNormalize(name, data, data.PanelOf(k, () => spread * data.Normal()), spread);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Normalize_WithImpossibleComponents_LeavesThemNothing(string name)
    {
        KernelData data = new(4, 25);
        double[] logs = data.PanelOf(4, () => data.Uniform() < 0.5 ? double.NegativeInfinity : data.Normal());
        for (int s = 0; s < data.Width; s++)
            logs[Panel.Stride + s] = data.Normal();

        ShouldNormalize(name, data, logs, spread: 3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Normalize_OfEqualLogs_SharesExactly(string name)
    {
        // Far below where e^x vanishes, and where all have overflowed.
        foreach (double log in new[] { 0, -800, -1e10, -5e299 })
        {
            double[] values = new double[2 * Panel.Stride];
            Array.Fill(values, log);
            double[] weights = new double[Panel.Tile];
            Array.Fill(weights, 1);
            double[] logDensities = new double[Panel.Tile];

            double total = KernelData.Kernels(name).Normalize(values, 2, weights, Panel.Tile, logDensities);

            values.AsSpan(0, Panel.Tile).ToArray().Should().OnlyContain(share => share == 0.5);
            logDensities.Should().OnlyContain(value => Math.Abs(value - (log + Math.Log(2))) <= 1e-15 * Math.Max(1, -log));
            total.Should().BeApproximately(Panel.Tile * (log + Math.Log(2)), 1e-14 * Math.Max(10, -Panel.Tile * log));
        }
    }

    private static void ShouldNormalize(string name, KernelData data, double[] logs, double spread)
    {
        int k = data.D;
        Guarded values = new(logs.Length);
        logs.CopyTo(values.Span);
        Guarded logDensities = new(data.Width);

        double total = KernelData.Kernels(name).Normalize(values.Span, k, data.Weights, data.Width, logDensities.Span);

        double expectedTotal = 0, size = 0;
        for (int s = 0; s < data.Width; s++)
        {
            double[] sample = [.. Enumerable.Range(0, k).Select(j => logs[(j * Panel.Stride) + s])];
            double peak = sample.Max();
            double expected = peak + Math.Log(sample.Sum(v => Math.Exp(v - peak)));
            data.ShouldBe(logDensities[s], expected, Math.Abs(peak) + k, $"log density of sample {s}");
            for (int j = 0; j < k; j++)
            {
                // Half an ulp of v − peak is what e^x then magnifies; below −708 nothing is left.
                double share = data.Weights[s] * Math.Exp(sample[j] - peak) / sample.Sum(v => Math.Exp(v - peak));
                data.ShouldBe(values[(j * Panel.Stride) + s], share, share + 1e-290, $"share of {j} in sample {s}, spread {spread}");
            }

            expectedTotal += data.Weights[s] * expected;
            size += data.Weights[s] * (Math.Abs(peak) + k);
        }

        data.ShouldBe(total, expectedTotal, size, "the log-likelihood");
        values.ShouldBeIntact("responsibilities");
        logDensities.ShouldBeIntact("log densities");
        for (int j = 0; j < k; j++)
            double.IsNaN(values[(j * Panel.Stride) + data.Width]).Should().BeTrue("nothing is written past the width");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WeightedPeaks_OfLogDensities_AreTheHighestOfEachSample(string name)
    {
        foreach (int k in new[] { 1, 2, 5 })
        {
            foreach (int count in KernelData.Counts)
            {
                KernelData data = new(k, count);
                double expected = 0, size = 0;
                for (int s = 0; s < count; s++)
                {
                    double peak = Enumerable.Range(0, k).Max(j => data.At(j, s));
                    expected += data.Weights[s] * peak;
                    size += data.Weights[s] * Math.Abs(peak);
                }

                KernelData.Kernels(name).WeightedPeaks(data.X, k, data.Weights, data.Width).Should()
                    .BeApproximately(expected, 1e-14 * size, $"{k} components, {count} samples");
            }
        }
    }
}
