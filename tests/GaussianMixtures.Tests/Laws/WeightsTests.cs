using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>A weight is a number of copies; no weight is no row; and the unit in which weights are counted is free.</summary>
public class WeightsTests
{
    public static TheoryData<string> Types => Families.All;

    public static TheoryData<string, double> TypesAndFactors => Families.With(10, 0.1, 1e-12, 1e12);

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_Weighted_EqualsAdjacentCopies(string typeName) =>
        ShouldEqualCopies(
            typeName, multiplicities => [.. multiplicities.SelectMany((count, row) => Enumerable.Repeat(row, count))]);

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_Weighted_EqualsCopiesAtTheEnd(string typeName) =>
        ShouldEqualCopies(
            typeName,
            multiplicities =>
            [
                .. Enumerable.Range(0, multiplicities.Length),
                .. multiplicities.SelectMany((count, row) => Enumerable.Repeat(row, count - 1)),
            ]);

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithWeightZero_DoesNotSeeTheRow(string typeName)
    {
        double[,] x = SyntheticData.CorrelatedClouds(300, 3, 2, seed: 41);
        var random = new Random(5);
        int[] present = [.. Enumerable.Range(0, 300).Where(_ => random.NextDouble() < 0.7)];
        double[,] spoilt = (double[,])x.Clone();
        foreach (int row in Enumerable.Range(0, 300).Except(present))
            for (int j = 0; j < 3; j++)
                spoilt[row, j] = 1e6 * (row - 150);
        var weights = Vector<double>.Build.Dense(300);
        foreach (int row in present)
            weights[row] = 1;
        GaussianMixture estimator = Estimator(typeName);

        GaussianMixtureModel withAll = estimator.Fit(spoilt, weights);
        GaussianMixtureModel without = estimator.Fit(SyntheticData.Take(x, present));

        withAll.ShouldEqual(without, 1e-8);
        ShouldReportTheSame(withAll, without, factor: 1);
        double bic = without.Bic(SyntheticData.Take(x, present));
        withAll.Bic(spoilt, weights).Should().BeApproximately(bic, 1e-8 * Math.Abs(bic));
    }

    [Theory]
    [MemberData(nameof(TypesAndFactors))]
    public void Fit_WithAllWeightsTimesAFactor_IsTheSame(string typeName, double factor)
    {
        double[,] x = ReferenceData.Thyroid;
        Vector<double> weights = SyntheticData.Multiplicities(x.GetLength(0), seed: 6);
        GaussianMixture estimator = new(3) { CovarianceType = CovarianceType.Parse(typeName), Restarts = 2 };

        GaussianMixtureModel model = estimator.Fit(x, weights);
        GaussianMixtureModel other = estimator.Fit(x, weights * factor);

        other.ShouldEqual(model, 1e-8);
        ShouldReportTheSame(other, model, factor);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithAllWeightsOne_IsTheUnweightedFit(string typeName)
    {
        double[,] x = ReferenceData.Iris;
        GaussianMixture estimator = Estimator(typeName);

        GaussianMixtureModel model = estimator.Fit(x, Vector<double>.Build.Dense(150, 1));

        model.ShouldEqual(estimator.Fit(x), 1e-10);
    }

    [Fact]
    public void Fit_WithOneHeavyRow_PullsTheMeanThere()
    {
        var x = new double[,] { { 0 }, { 1 }, { 5 } };

        GaussianMixtureModel model = new GaussianMixture(1).Fit(x, Vector<double>.Build.DenseOfArray([1, 1, 2]));

        model.Means[0, 0].Should().BeApproximately(2.75, 1e-14);
        model.Covariances[0][0, 0].Should().BeApproximately(12.75 - (2.75 * 2.75), 1e-13);
    }

    private static void ShouldEqualCopies(string typeName, Func<int[], int[]> rowsOf)
    {
        double[,] x = SyntheticData.CorrelatedClouds(311, 3, 3, seed: 42, separation: 2);
        Vector<double> weights = SyntheticData.Multiplicities(311, seed: 7);
        double[,] copies = SyntheticData.Take(x, rowsOf([.. weights.Select(w => (int)w)]));

        // After two iterations a fit still shows where it began; at the end it shows where it went.
        GaussianMixture whole = Estimator(typeName);
        GaussianMixture begun = whole with { MaxIterations = 2, Tolerance = 0 };
        foreach (GaussianMixture estimator in new[] { begun, whole })
        {
            GaussianMixtureModel weighted = estimator.Fit(x, weights);
            GaussianMixtureModel copied = estimator.Fit(copies);

            weighted.ShouldEqual(copied, 1e-8);
            ShouldReportTheSame(weighted, copied, factor: 1);
            ShouldBe(weighted.LogLikelihood(x, weights), copied.LogLikelihood(copies), "log-likelihood");
            ShouldBe(weighted.Score(x, weights), copied.Score(copies), "score");
            ShouldBe(weighted.Bic(x, weights), copied.Bic(copies), "BIC");
            ShouldBe(weighted.Aic(x, weights), copied.Aic(copies), "AIC");
        }
    }

    private static GaussianMixture Estimator(string typeName) => new(3) { CovarianceType = CovarianceType.Parse(typeName) };

    private static void ShouldReportTheSame(GaussianMixtureModel model, GaussianMixtureModel other, double factor)
    {
        model.Report!.Iterations.Should().Be(other.Report!.Iterations);
        ShouldBe(model.Report.LogLikelihood, other.Report.LogLikelihood * factor, "log-likelihood in the report");
        for (int t = 0; t < model.Report.Iterations; t++)
            ShouldBe(model.Report.LogLikelihoodTrace[t], other.Report.LogLikelihoodTrace[t] * factor, $"trace {t}");
    }

    private static void ShouldBe(double actual, double expected, string what) =>
        ModelAssertions.Close(actual, expected, expected, 1e-9, what);
}
