using FluentAssertions;
using GaussianMixtures.Data;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Tests;

/// <summary>Means and standard deviations of columns against exact arithmetic, at any magnitude and offset.</summary>
public class ColumnSummaryTests
{
    [Theory]
    [InlineData(1.0, 0.0)]
    [InlineData(1e-150, 0.0)]
    [InlineData(1e150, 0.0)]
    [InlineData(1.0, 1e9)]
    [InlineData(1.0, -1e12)]
    [InlineData(1e-150, 1e-143)]
    [InlineData(1e150, 1e155)]
    public void Summary_AtAnyMagnitude_IsExact(double scale, double offset)
    {
        double[,] x = SyntheticData.Map(SyntheticData.Clouds(300, 3, 2, seed: 51), (value, j) => (value * scale * (j + 1)) + offset);

        ColumnSummary summary = Summarize(x);

        ShouldBe(summary, x, Enumerable.Repeat(1.0, 300));
        summary.TotalWeight.Should().Be(300);
        summary.PositiveRows.Should().Be(300);
    }

    [Fact]
    public void Summary_OfColumnsOfDifferentMagnitudes_IsExactInEach()
    {
        double[] scales = [1e-150, 1e150, 1, 1e-30, 1e100];
        double[,] x = SyntheticData.Map(SyntheticData.Clouds(200, 5, 2, seed: 52), (value, j) => value * scales[j]);

        ShouldBe(Summarize(x), x, Enumerable.Repeat(1.0, 200));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(-1e-150)]
    [InlineData(1e150)]
    [InlineData(123456789.123456789)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    public void Summary_OfAConstantColumn_HasDeviationZero(double constant)
    {
        foreach (int n in new[] { 1, 2, 3, 191, 1000, 5000 })
        {
            double[,] x = SyntheticData.Map(SyntheticData.Clouds(n, 2, 1, seed: 53), (value, j) => j == 0 ? constant : value);

            ColumnSummary summary = Summarize(x);

            summary.Means[0].Should().Be(constant);
            summary.Deviations[0].Should().Be(0);
        }
    }

    [Fact]
    public void Summary_Weighted_IsExact()
    {
        double[,] x = SyntheticData.Clouds(500, 3, 2, seed: 54);
        double[] weights = [.. Enumerable.Range(0, 500).Select(i => i % 3 == 0 ? 0 : 0.25 * (i % 7))];

        ColumnSummary summary = Summarize(x, weights);

        ShouldBe(summary, x, weights);
        summary.TotalWeight.Should().Be(weights.Sum());
        summary.PositiveRows.Should().Be(weights.Count(weight => weight > 0));
    }

    [Fact]
    public void Summary_WithAnyNumberOfThreads_HasTheSameBits()
    {
        double[,] x = SyntheticData.Clouds(20_000, 3, 2, seed: 55);
        ColumnSummary one = Summarize(x, degree: 1);

        foreach (int? degree in new int?[] { 2, 8, null })
        {
            ColumnSummary many = Summarize(x, degree: degree);
            many.Means.Should().Equal(one.Means);
            many.Deviations.Should().Equal(one.Deviations);
        }
    }

    private static ColumnSummary Summarize(double[,] x, double[]? weights = null, int? degree = null)
    {
        using Workers workers = new(degree);
        return ColumnSummary.Of(x, weights, workers, CancellationToken.None);
    }

    private static void ShouldBe(ColumnSummary summary, double[,] x, IEnumerable<double> weights)
    {
        double[] w = [.. weights];
        for (int j = 0; j < x.GetLength(1); j++)
        {
            Exact total = 0.0, sum = 0.0, squares = 0.0;
            for (int i = 0; i < w.Length; i++)
            {
                total += w[i];
                sum += (Exact)w[i] * x[i, j];
            }

            Exact mean = sum / total;
            // In units of 2^e near the largest deviation, so that its square is a double.
            double largest = Enumerable.Range(0, w.Length).Max(i => w[i] > 0 ? Math.Abs(((Exact)x[i, j] - mean).ToDouble()) : 0);
            Exact unit = Math.ScaleB(1, Math.ILogB(largest));
            for (int i = 0; i < w.Length; i++)
            {
                Exact deviation = ((Exact)x[i, j] - mean.ToDouble()) / unit;
                squares += (Exact)w[i] * deviation * deviation;
            }

            Exact slip = (mean - mean.ToDouble()) / unit;
            double expected = Math.Sqrt(((squares / total) - (slip * slip)).ToDouble()) * unit.ToDouble();
            ModelAssertions.Close(summary.Deviations[j], expected, expected, 1e-13, $"deviation of column {j}");
            double size = Math.Max(expected, Math.Abs(mean.ToDouble()));
            ModelAssertions.Close(summary.Means[j], mean.ToDouble(), size, 2e-15, $"mean of column {j}");
        }
    }
}
