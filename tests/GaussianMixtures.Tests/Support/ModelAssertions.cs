using System.Runtime.CompilerServices;
using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>What the tests say about whole models.</summary>
internal static class ModelAssertions
{
    /// <summary>
    /// Equal parameters up to a relative error: of the weight, of the mean against its own size or the standard
    /// deviation, of the covariance against the two standard deviations.
    /// </summary>
    public static void ShouldEqual(
        this GaussianMixtureModel model,
        double[] weights,
        double[,] means,
        double[][,] covariances,
        double tolerance,
        string because = "")
    {
        int k = model.Components, d = model.Dimension;
        k.Should().Be(weights.Length);
        d.Should().Be(means.GetLength(1));
        Vector<double> ownWeights = model.Weights;
        Matrix<double> ownMeans = model.Means;
        IReadOnlyList<Matrix<double>> ownCovariances = model.Covariances;
        for (int c = 0; c < k; c++)
        {
            Close(ownWeights[c], weights[c], weights[c], tolerance, $"weight {c} {because}");
            for (int i = 0; i < d; i++)
            {
                double sigma = Math.Sqrt(covariances[c][i, i]);
                Close(ownMeans[c, i], means[c, i], Math.Max(Math.Abs(means[c, i]), sigma), tolerance, $"mean {c},{i} {because}");
                for (int j = 0; j < d; j++)
                {
                    double size = sigma * Math.Sqrt(covariances[c][j, j]);
                    Close(ownCovariances[c][i, j], covariances[c][i, j], size, tolerance, $"covariance {c},{i},{j} {because}");
                }
            }
        }
    }

    public static void ShouldEqual(
        this GaussianMixtureModel model, GaussianMixtureModel other, double tolerance, string because = "") =>
        model.ShouldEqual(
            other.Weights.ToArray(), other.Means.ToArray(), [.. other.Covariances.Select(c => c.ToArray())], tolerance, because);

    /// <summary>Nothing may differ, not even in the last bit: parameters, report and the scores of the data.</summary>
    public static void ShouldHaveTheBitsOf(
        this GaussianMixtureModel model, GaussianMixtureModel other, Observations x, string because = "")
    {
        Bits(model).Should().Equal(Bits(other), because);
        Bits(model.ScoreSamples(x)).Should().Equal(Bits(other.ScoreSamples(x)), because);
        model.Report!.Iterations.Should().Be(other.Report!.Iterations, because);
        model.Report.LogLikelihoodTrace.Select(BitConverter.DoubleToInt64Bits).Should()
            .Equal(other.Report.LogLikelihoodTrace.Select(BitConverter.DoubleToInt64Bits), because);
        BitConverter.DoubleToInt64Bits(model.Report.LogLikelihood).Should()
            .Be(BitConverter.DoubleToInt64Bits(other.Report.LogLikelihood), because);
    }

    /// <summary>The bits of all weights, means and covariances.</summary>
    public static long[] Bits(GaussianMixtureModel model) =>
    [
        .. Bits(model.Weights),
        .. Bits(model.Means),
        .. model.Covariances.SelectMany(Bits),
    ];

    public static long[] Bits(IEnumerable<double> values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];

    public static long[] Bits(Matrix<double> matrix) => Bits(matrix.ToRowMajorArray());

    /// <summary>A model that a user can go on with: finite everywhere, and every question has a finite answer.</summary>
    public static void ShouldBeUsableFor(this GaussianMixtureModel model, double[,] x)
    {
        int n = x.GetLength(0), k = model.Components;
        model.Weights.Should().OnlyContain(w => w >= 0 && w <= 1 + 1e-12);
        model.Weights.Sum().Should().BeApproximately(1, 1e-9);
        model.Means.Enumerate().Should().OnlyContain(v => double.IsFinite(v));
        foreach (Matrix<double> covariance in model.Covariances)
        {
            covariance.Enumerate().Should().OnlyContain(v => double.IsFinite(v));
            covariance.Diagonal().Should().OnlyContain(v => v > 0);
            covariance.Should().Be(covariance.Transpose());
        }

        model.Predict(x).Should().HaveCount(n).And.OnlyContain(label => label >= 0 && label < k);
        model.PredictProba(x).ShouldHaveRowsThatSumToOne();
        model.ScoreSamples(x).Should().OnlyContain(v => double.IsFinite(v));
        model.Sample(20, seed: 3).Observations.Enumerate().Should().OnlyContain(v => double.IsFinite(v));
        double.IsFinite(model.Report!.LogLikelihood).Should().BeTrue();
        model.Report.LogLikelihoodTrace.Should().OnlyContain(v => double.IsFinite(v));
    }

    public static void ShouldHaveRowsThatSumToOne(this Matrix<double> responsibilities)
    {
        responsibilities.Enumerate().Should().OnlyContain(v => v >= 0 && v <= 1 + 1e-12);
        responsibilities.RowSums().Should().OnlyContain(sum => Math.Abs(sum - 1) <= 1e-12);
    }

    /// <summary>No step down by more than rounding, the returned model included.</summary>
    public static void ShouldNeverFall(this FitReport report, string because = "") =>
        ShouldNeverFall([.. report.LogLikelihoodTrace, report.LogLikelihood], because);

    /// <summary>The same of the lower bound.</summary>
    public static void ShouldNeverFall(this BayesianGaussianMixtureModel model, string because = "") =>
        ShouldNeverFall([.. model.LowerBoundTrace, model.LowerBound], because);

    private static void ShouldNeverFall(double[] values, string because)
    {
        for (int t = 1; t < values.Length; t++)
        {
            double allowed = 1e-10 * Math.Max(1, Math.Max(Math.Abs(values[t]), Math.Abs(values[t - 1])));
            values[t].Should().BeGreaterThanOrEqualTo(values[t - 1] - allowed, $"iteration {t + 1} gains {because}");
        }
    }

    /// <summary>|actual - expected| is at most tolerance x size.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Close(double actual, double expected, double size, double tolerance, string what) =>
        actual.Should().BeApproximately(expected, tolerance * Math.Abs(size), what);
}
