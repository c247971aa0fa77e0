using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>The fit of a x + b is the fit of x, shifted and scaled: no constant in data units hides anywhere.</summary>
public class ShiftAndScaleTests
{
    public static TheoryData<string, double> Shifts => Families.With(1e4, -1e8, 1e8, 1.7e9);

    public static TheoryData<string, double> Distances => Families.With(1e4, 1e6, -1e6);

    public static TheoryData<string, double> Scales => Families.With(1e-150, 1e-30, 1e-9, 1e9, 1e30, 1e150);

    public static TheoryData<string> FreeOfColumnScale => Families.FreeOfColumnScale;

    [Theory]
    [MemberData(nameof(Shifts))]
    public void Fit_OfShiftedData_IsShifted(string typeName, double shift)
    {
        double[,] x = SyntheticData.CorrelatedClouds(500, 3, 3, seed: 11);
        double[] shifts = [shift, -0.5 * shift, shift + 12345];
        double[,] shifted = SyntheticData.Map(x, (value, j) => value + shifts[j]);
        GaussianMixture estimator = Estimator(typeName);

        GaussianMixtureModel model = estimator.Fit(x);
        GaussianMixtureModel other = estimator.Fit(shifted);

        other.Predict(shifted).Should().Equal(model.Predict(x));
        ShouldBeTheSameRun(other, model, logLikelihoodMoves: 0);
        for (int c = 0; c < 3; c++)
        {
            for (int j = 0; j < 3; j++)
            {
                // A mean near 1e9 is itself a double, good to 1e-7 and no better.
                double tolerance = 1e-7 + Math.BitIncrement(Math.Abs(shifts[j])) - Math.Abs(shifts[j]);
                other.Means[c, j].Should().BeApproximately(model.Means[c, j] + shifts[j], tolerance);
            }

            ShouldEqual(other.Covariances[c], model.Covariances[c], factor: 1);
        }
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Fit_OfScaledData_IsScaled(string typeName, double scale)
    {
        double[,] x = SyntheticData.CorrelatedClouds(500, 3, 3, seed: 12);
        double[,] scaled = SyntheticData.Map(x, (value, _) => value * scale);
        GaussianMixture estimator = Estimator(typeName);

        GaussianMixtureModel model = estimator.Fit(x);
        GaussianMixtureModel other = estimator.Fit(scaled);

        other.Predict(scaled).Should().Equal(model.Predict(x));
        ShouldBeTheSameRun(other, model, logLikelihoodMoves: -500 * 3 * Math.Log(scale));
        for (int c = 0; c < 3; c++)
        {
            for (int j = 0; j < 3; j++)
                (other.Means[c, j] / scale).Should().BeApproximately(model.Means[c, j], 1e-8);
            ShouldEqual(other.Covariances[c], model.Covariances[c], factor: scale * scale);
        }

        ModelAssertions.Close(
            other.ScoreSamples(SyntheticData.Row(scaled, 7)),
            model.ScoreSamples(SyntheticData.Row(x, 7)) - (3 * Math.Log(scale)),
            1 + Math.Abs(3 * Math.Log(scale)),
            1e-8,
            "log density");
    }

    [Theory]
    [MemberData(nameof(FreeOfColumnScale))]
    public void Fit_OfColumnsInOtherUnits_IsTheSameMixture(string typeName)
    {
        double[,] x = SyntheticData.CorrelatedClouds(500, 3, 3, seed: 13);
        double[] units = [1e-20, 1, 1e20];
        double[,] scaled = SyntheticData.Map(x, (value, j) => value * units[j]);
        GaussianMixture estimator = Estimator(typeName);

        GaussianMixtureModel model = estimator.Fit(x);
        GaussianMixtureModel other = estimator.Fit(scaled);

        other.Predict(scaled).Should().Equal(model.Predict(x));
        ShouldBeTheSameRun(other, model, logLikelihoodMoves: 0);
        for (int c = 0; c < 3; c++)
            for (int j = 0; j < 3; j++)
                (other.Means[c, j] / units[j]).Should().BeApproximately(model.Means[c, j], 1e-8);
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Fit_WithFloorThatBinds_IsScaledToo(string typeName, double scale)
    {
        // Two rows only, over and over: every component collapses onto one of them, and the floor says how wide it stays.
        double[,] x = HostileData.Named("two distinct rows").X;
        double[,] scaled = SyntheticData.Map(x, (value, _) => value * scale);
        GaussianMixture estimator = Estimator(typeName) with { Components = 2 };

        GaussianMixtureModel model = estimator.Fit(x);
        GaussianMixtureModel other = estimator.Fit(scaled);

        other.Predict(scaled).Should().Equal(model.Predict(x));
        other.Report!.Diagnostics.Should().HaveSameCount(model.Report!.Diagnostics);
        for (int c = 0; c < 2; c++)
            ShouldEqual(other.Covariances[c], model.Covariances[c], scale * scale);
    }

    [Theory]
    [MemberData(nameof(Distances))]
    public void Fit_OfFarClouds_KeepsTheirVariances(string typeName, double distance)
    {
        // Two clouds of unit variance, up to a million standard deviations apart. Their variances are those of
        // the rows on either side, however the sums are formed.
        double[,] near = SyntheticData.Clouds(400, 2, 1, seed: 15, separation: 0);
        int[] left = [.. Enumerable.Range(0, 250)];
        int[] right = [.. Enumerable.Range(250, 150)];
        var x = (double[,])near.Clone();
        foreach (int i in right)
            (x[i, 0], x[i, 1]) = (x[i, 0] + distance, x[i, 1] + distance);
        CovarianceType type = CovarianceType.Parse(typeName);
        var estimator = new GaussianMixture(2)
        {
            CovarianceType = type,
            Initialization = Initialization.FromLabels([.. Enumerable.Range(0, 400).Select(i => i < 250 ? 0 : 1)]),
            VarianceFloor = 0,
        };

        GaussianMixtureModel model = estimator.Fit(x);

        // What every family keeps, because it could be larger as a whole: the mean of tr(Σ⁻¹S) is the number of columns.
        Matrix<double>[] exact = [Covariance(SyntheticData.Take(near, left)), Covariance(SyntheticData.Take(near, right))];
        double mean = 0;
        for (int c = 0; c < 2; c++)
            mean += model.Weights[c] * model.Covariances[c].Solve(exact[c]).Trace();
        mean.Should().BeApproximately(2, 1e-7);

        // What all keep but those whose components have a volume or a shape in common while something else is their own.
        if (type.Name is not ("VEI" or "EVI" or "VEE" or "EVE" or "VEV" or "EVV"))
        {
            double expected = 0.625 * exact[0].Trace() + (0.375 * exact[1].Trace());
            double pooled = model.Weights[0] * model.Covariances[0].Trace() + (model.Weights[1] * model.Covariances[1].Trace());
            pooled.Should().BeApproximately(expected, 1e-7 * expected);
        }
    }

    private static Matrix<double> Covariance(double[,] x) =>
        Matrix<double>.Build.Dense(2, 2, (i, j) => Exact.Covariance(x, i, j));

    private static GaussianMixture Estimator(string typeName) =>
        new(3) { CovarianceType = CovarianceType.Parse(typeName), Restarts = 2 };

    private static void ShouldBeTheSameRun(GaussianMixtureModel model, GaussianMixtureModel other, double logLikelihoodMoves)
    {
        model.Report!.Iterations.Should().Be(other.Report!.Iterations);
        for (int c = 0; c < model.Components; c++)
            model.Weights[c].Should().BeApproximately(other.Weights[c], 1e-8);
        double expected = other.Report.LogLikelihood + logLikelihoodMoves;
        ModelAssertions.Close(model.Report.LogLikelihood, expected, expected, 1e-9, "log-likelihood");
    }

    private static void ShouldEqual(Matrix<double> covariance, Matrix<double> other, double factor)
    {
        for (int i = 0; i < covariance.RowCount; i++)
        {
            for (int j = 0; j < covariance.ColumnCount; j++)
            {
                double size = Math.Sqrt(other[i, i] * other[j, j]);
                ModelAssertions.Close(covariance[i, j] / factor, other[i, j], size, 1e-7, $"covariance {i},{j}");
            }
        }
    }
}
