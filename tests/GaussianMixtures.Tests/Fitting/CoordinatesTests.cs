using FluentAssertions;
using GaussianMixtures.Fitting;
using GaussianMixtures.Kernels;
using GaussianMixtures.Statistics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace GaussianMixtures.Tests;

/// <summary>What a pass finds, as a point without constraints and back.</summary>
public class CoordinatesTests
{
    private const int K = 3;

    private static readonly double[] Scale = [1, 0.2, 30, 4, 1e-3, 7, 1, 2];

    private static ScatterShape[] All => [ScatterShape.Trace, ScatterShape.Diagonal, ScatterShape.Full, ScatterShape.Pooled];

    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 20)]
    [InlineData(4, 20)]
    [InlineData(8, 40)]
    public void TryRead_OfWhatWasWritten_IsTheStatistics(int d, int rows)
    {
        foreach (ScatterShape shape in All)
        {
            (MixtureStatistics read, MixtureStatistics written) = ThereAndBack(shape, d, rows);
            ShouldBe(read, written, 1e-12);
        }
    }

    /// <summary>Fewer rows than columns: scatters without an inverse, as a component of a restricted family may well have.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    [InlineData(4, 3)]
    [InlineData(8, 5)]
    public void TryRead_OfSingularScatters_IsThemWithinRounding(int d, int rows)
    {
        foreach (ScatterShape shape in All)
        {
            (MixtureStatistics read, MixtureStatistics written) = ThereAndBack(shape, d, rows);
            ShouldBe(read, written, 1e-7);
        }
    }

    /// <summary>Whatever is proposed, the scatters have no negative eigenvalue.</summary>
    [Fact]
    public void TryRead_OfAnyPoint_HasScattersOfSomething()
    {
        Random random = new Xoshiro256StarStar(3, threadSafe: false);
        Coordinates coordinates = new(ScatterShape.Full, K, Scale[..4]);
        MixtureStatistics statistics = Empty(ScatterShape.Full, 4);
        for (int time = 0; time < 100; time++)
        {
            coordinates.TryRead(Normal.Samples(random, 0, 3).Take(coordinates.Length).ToArray(), 50, statistics).Should().BeTrue();

            statistics.TotalWeight.Should().BeApproximately(50, 1e-12);
            for (int j = 0; j < K; j++)
            {
                double[] eigenvalues = [.. Triangle.ToMatrix(statistics.Scatter[ScatterShape.Full.Slice(j, 4)], 4).Evd().EigenValues.Select(value => value.Real)];
                eigenvalues.Max().Should().BePositive();
                eigenvalues.Min().Should().BeGreaterThan(-1e-13 * eigenvalues.Max());
            }
        }
    }

    [Fact]
    public void TryWrite_OfAComponentWithoutWeight_IsFalse()
    {
        MixtureStatistics statistics = Random(ScatterShape.Diagonal, 2, 20);
        statistics.Weights[1] = 0;
        Coordinates coordinates = new(ScatterShape.Diagonal, K, Scale[..2]);

        coordinates.TryWrite(statistics, new double[coordinates.Length]).Should().BeFalse();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e200)]
    public void TryRead_OfNoPoint_IsFalse(double coordinate)
    {
        Coordinates coordinates = new(ScatterShape.Diagonal, K, Scale[..2]);
        double[] point = new double[coordinates.Length];
        point[^1] = coordinate;

        coordinates.TryRead(point, 1, Empty(ScatterShape.Diagonal, 2)).Should().BeFalse();
    }

    private static (MixtureStatistics Read, MixtureStatistics Written) ThereAndBack(ScatterShape shape, int d, int rows)
    {
        MixtureStatistics written = Random(shape, d, rows);
        written.Centre();
        Coordinates coordinates = new(shape, K, Scale[..d]);
        double[] point = new double[coordinates.Length];
        coordinates.TryWrite(written, point).Should().BeTrue();
        MixtureStatistics read = Empty(shape, d);
        coordinates.TryRead(point, written.TotalWeight, read).Should().BeTrue();
        return (read, written);
    }

    private static void ShouldBe(MixtureStatistics read, MixtureStatistics expected, double tolerance)
    {
        int d = expected.Dimension;
        for (int j = 0; j < K; j++)
        {
            read.Weights[j].Should().BeApproximately(expected.Weights[j], 1e-13 * expected.TotalWeight);
            double[] spread = new double[d];
            expected.Shape.CopyDiagonal(expected.Scatter[expected.Shape.Slice(j, d)], spread);
            double[] found = expected.Shape.ToTriangle(read.Scatter[expected.Shape.Slice(j, d)], d);
            double[] known = expected.Shape.ToTriangle(expected.Scatter[expected.Shape.Slice(j, d)], d);
            for (int i = 0; i < d; i++)
            {
                read.Centre(j)[i].Should().BeApproximately(expected.Centre(j)[i], 1e-13 * Scale[i]);
                for (int l = 0; l <= i; l++)
                {
                    double unit = Math.Sqrt(Math.Max(0, spread[i]) * Math.Max(0, spread[l])) + (expected.TotalWeight * 1e-4 * Scale[i] * Scale[l]);
                    found[Triangle.Index(i, l)].Should().BeApproximately(known[Triangle.Index(i, l)], tolerance * unit);
                }
            }
        }
    }

    /// <summary>Of components with so many rows each, about centres that are not their means.</summary>
    private static MixtureStatistics Random(ScatterShape shape, int d, int rows)
    {
        Random random = new Xoshiro256StarStar(d + rows, threadSafe: false);
        MixtureStatistics statistics = Empty(shape, d);
        for (int j = 0; j < K; j++)
        {
            double[] mean = [.. Scale.Take(d).Select(scale => scale * Normal.Sample(random, 0, 2))];
            for (int row = 0; row < rows; row++)
            {
                double weight = random.NextDouble();
                double[] x = [.. Enumerable.Range(0, d).Select(i => mean[i] + (Scale[i] * Normal.Sample(random, 0, 0.5)))];
                statistics.Weights[j] += weight;
                for (int i = 0; i < d; i++)
                {
                    statistics.FirstMoment(j)[i] += weight * x[i];
                }

                shape.AddSquare(x, weight, statistics.Scatter[shape.Slice(j, d)]);
            }
        }

        return statistics;
    }

    private static MixtureStatistics Empty(ScatterShape shape, int d) => new(K, d, shape, new double[K * d]);
}
