using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>The engine's contract, on the Bayesian estimator: what holds for maximum likelihood holds for posteriors.</summary>
public class BayesianLawTests
{
    public static TheoryData<string> Types => BayesianCases.Types;

    public static TheoryData<string, string> TypesAndPriors => BayesianCases.TypesAndPriors;

    public static TheoryData<string, double> Shifts => BayesianCases.With(1e4, -1e8, 1.7e9);

    public static TheoryData<string, double> Scales => BayesianCases.With(1e-150, 1e-30, 1e-9, 1e9, 1e30, 1e150);

    public static TheoryData<string, string> Hostile => BayesianCases.With([.. HostileData.Names]);

    [Theory]
    [MemberData(nameof(Shifts))]
    public void Fit_OfShiftedData_IsShifted(string typeName, double shift)
    {
        double[,] x = SyntheticData.CorrelatedClouds(500, 3, 3, seed: 11);
        double[] shifts = [shift, -0.5 * shift, shift + 12345];
        double[,] shifted = SyntheticData.Map(x, (value, j) => value + shifts[j]);

        BayesianGaussianMixtureModel model = Estimator(typeName).Fit(x);
        BayesianGaussianMixtureModel other = Estimator(typeName).Fit(shifted);

        other.Predict(shifted).Should().Equal(model.Predict(x));
        ShouldBeTheSameRun(other, model, boundMoves: 0);
        for (int c = 0; c < model.Components; c++)
        {
            for (int j = 0; j < 3; j++)
            {
                double tolerance = 1e-6 + Math.BitIncrement(Math.Abs(shifts[j])) - Math.Abs(shifts[j]);
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

        BayesianGaussianMixtureModel model = Estimator(typeName).Fit(x);
        BayesianGaussianMixtureModel other = Estimator(typeName).Fit(scaled);

        other.Predict(scaled).Should().Equal(model.Predict(x));
        ShouldBeTheSameRun(other, model, boundMoves: -500 * 3 * Math.Log(scale));
        for (int c = 0; c < model.Components; c++)
        {
            for (int j = 0; j < 3; j++)
                (other.Means[c, j] / scale).Should().BeApproximately(model.Means[c, j], 1e-6);
            ShouldEqual(other.Covariances[c], model.Covariances[c], factor: scale * scale);
        }
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Fit_WithGivenPriors_IsScaledToo(string typeName, double scale)
    {
        double[,] x = SyntheticData.CorrelatedClouds(200, 2, 3, seed: 13);
        BayesianGaussianMixture Priors(double unit) => Estimator(typeName) with
        {
            MeanPrior = Vector<double>.Build.DenseOfArray([3 * unit, -2 * unit]),
            CovariancePrior = Matrix<double>.Build.DenseOfArray(new[,] { { 4.0, 1 }, { 1, 2 } }) * unit * unit,
            MaxIterations = 5,
        };

        BayesianGaussianMixtureModel model = Priors(1).Fit(x);
        BayesianGaussianMixtureModel other = Priors(scale).Fit(SyntheticData.Map(x, (value, _) => value * scale));

        ShouldBeTheSameRun(other, model, boundMoves: -200 * 2 * Math.Log(scale));
        for (int c = 0; c < model.Components; c++)
            ShouldEqual(other.Covariances[c], model.Covariances[c], factor: scale * scale);
    }

    [Theory]
    [MemberData(nameof(TypesAndPriors))]
    public void Fit_Weighted_EqualsCopies(string typeName, string prior)
    {
        double[,] x = SyntheticData.CorrelatedClouds(311, 3, 3, seed: 42, separation: 2);
        Vector<double> weights = SyntheticData.Multiplicities(311, seed: 7);
        double[,] copies = SyntheticData.Take(x, [.. Enumerable.Range(0, 311).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))]);

        foreach (int iterations in new[] { 2, 300 })
        {
            BayesianGaussianMixture estimator = Estimator(typeName) with
            {
                WeightPrior = BayesianCases.Prior(prior, 0.5),
                Ridge = 0.01,
                MaxIterations = iterations,
                Tolerance = 1e-7,
            };
            BayesianGaussianMixtureModel weighted = estimator.Fit(x, weights);
            BayesianGaussianMixtureModel copied = estimator.Fit(copies);

            weighted.ShouldEqual(copied, 1e-6);
            ShouldBeTheSameRun(weighted, copied, boundMoves: 0);
            for (int j = 0; j < weighted.Components; j++)
            {
                ShouldBe(weighted.MeanPrecisions[j], copied.MeanPrecisions[j]);
                ShouldBe(weighted.DegreesOfFreedom[j], copied.DegreesOfFreedom[j]);
                ShouldBe(weighted.WeightConcentrations[j, 0], copied.WeightConcentrations[j, 0]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithWeightZero_DoesNotSeeTheRow(string typeName)
    {
        double[,] x = SyntheticData.CorrelatedClouds(200, 3, 2, seed: 41);
        int[] present = [.. Enumerable.Range(0, 200).Where(row => row % 3 != 0)];
        double[,] spoilt = (double[,])x.Clone();
        var weights = Vector<double>.Build.Dense(200, 1);
        foreach (int row in Enumerable.Range(0, 200).Except(present))
            (spoilt[row, 0], spoilt[row, 1], weights[row]) = (double.NaN, 1e300, 0);

        Estimator(typeName).Fit(spoilt, weights).ShouldEqual(Estimator(typeName).Fit(SyntheticData.Take(x, present)), 1e-8);
    }

    [Fact]
    public void Fit_OfRowsCountedOften_TrustsThePriorLess()
    {
        // Ten times the same data is not the same knowledge: weights are counts, and no unit of them is free.
        double[,] x = SyntheticData.Clouds(30, 2, 2, seed: 43, separation: 2);
        var estimator = new BayesianGaussianMixture(1) { MeanPrior = Vector<double>.Build.Dense(2, 100.0), MeanPrecisionPrior = 10 };

        estimator.Fit(x).Means[0, 0].Should().BeGreaterThan(20);
        estimator.Fit(x, Vector<double>.Build.Dense(30, 1e6)).Means[0, 0].Should().BeApproximately(estimator.Fit(x, Vector<double>.Build.Dense(30, 2e6)).Means[0, 0], 1e-3);
        estimator.Fit(x, Vector<double>.Build.Dense(30, 1e-6)).Means[0, 0].Should().BeApproximately(100, 1e-3);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithAnyNumberOfThreads_HasTheSameBits(string typeName)
    {
        double[,] large = SyntheticData.CorrelatedClouds(20_000, 5, 4, seed: 61, separation: 2);
        double[,] small = SyntheticData.CorrelatedClouds(700, 5, 4, seed: 62, separation: 2);
        BayesianGaussianMixture estimator = Estimator(typeName) with { MaxIterations = 8, Tolerance = 0 };
        BayesianGaussianMixture several = estimator with { Restarts = 4, Initialization = Initialization.RandomPoints };
        foreach ((BayesianGaussianMixture fit, double[,] x) in new[] { (estimator, large), (several, small) })
        {
            BayesianGaussianMixtureModel one = (fit with { MaxDegreeOfParallelism = 1 }).Fit(x);
            foreach (int? threads in new int?[] { 2, 3, 8, null })
            {
                BayesianGaussianMixtureModel other = (fit with { MaxDegreeOfParallelism = threads }).Fit(x);
                other.ShouldHaveTheBitsOf(one, x, $"{threads} threads");
                other.LowerBound.Should().Be(one.LowerBound);
            }
        }
    }

    [Fact]
    public void Fit_OfManyColumnsOnAnyNumberOfThreads_HasTheSameBits()
    {
        double[,] x = SyntheticData.CorrelatedClouds(300, 70, 3, seed: 64);
        BayesianGaussianMixture estimator = Estimator("VVV") with { MaxIterations = 5 };
        BayesianGaussianMixtureModel one = (estimator with { MaxDegreeOfParallelism = 1 }).Fit(x);

        (estimator with { MaxDegreeOfParallelism = 3 }).Fit(x).ShouldHaveTheBitsOf(one, x);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Fit_OfHostileData_GivesAUsableModel(string typeName, string data)
    {
        HostileData hostile = HostileData.Named(data);
        foreach (Initialization start in new[] { Initialization.KMeans, Initialization.RandomPoints })
        {
            BayesianGaussianMixtureModel model = (Estimator(typeName) with { Components = hostile.Components, Initialization = start }).Fit(hostile.X);

            model.ShouldBeUsableFor(hostile.X);
            model.ShouldNeverFall();
            foreach (FitDiagnostic diagnostic in model.Report!.Diagnostics)
            {
                diagnostic.Component.Should().BeInRange(0, model.Components - 1);
                diagnostic.Columns.Should().NotBeEmpty().And.OnlyHaveUniqueItems();
            }
        }
    }

    [Fact]
    public void Fit_OfConstantColumn_SaysThatThePriorWasRaised()
    {
        FitReport report = Estimator("VVV").Fit(HostileData.Named("constant column").X).Report!;

        report.Diagnostics.Should().NotBeEmpty().And.OnlyContain(diagnostic => diagnostic.Columns.Contains(2));
        Estimator("VVV").Fit(ReferenceData.Iris).Report!.Diagnostics.Should().BeEmpty();
    }

    private static BayesianGaussianMixture Estimator(string typeName) =>
        new(5) { CovarianceType = CovarianceType.Parse(typeName), Restarts = 2 };

    private static void ShouldBeTheSameRun(BayesianGaussianMixtureModel model, BayesianGaussianMixtureModel other, double boundMoves)
    {
        model.Report!.Iterations.Should().Be(other.Report!.Iterations);
        for (int c = 0; c < model.Components; c++)
            model.Weights[c].Should().BeApproximately(other.Weights[c], 1e-6);
        ShouldBe(model.LowerBound, other.LowerBound + boundMoves);
        ShouldBe(model.Report.LogLikelihood, other.Report.LogLikelihood + boundMoves);
        for (int t = 0; t < model.LowerBoundTrace.Count; t++)
            ShouldBe(model.LowerBoundTrace[t], other.LowerBoundTrace[t] + boundMoves);
    }

    private static void ShouldBe(double actual, double expected) => ModelAssertions.Close(actual, expected, Math.Abs(expected) + 1, 1e-7, "run");

    private static void ShouldEqual(Matrix<double> covariance, Matrix<double> other, double factor)
    {
        for (int i = 0; i < covariance.RowCount; i++)
            for (int j = 0; j < covariance.ColumnCount; j++)
                ModelAssertions.Close(covariance[i, j] / factor, other[i, j], Math.Sqrt(other[i, i] * other[j, j]), 1e-5, $"covariance {i},{j}");
    }
}
