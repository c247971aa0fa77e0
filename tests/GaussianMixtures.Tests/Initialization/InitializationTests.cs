using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Every way to begin leads to a model, and the ones that the caller prescribes begin just there.</summary>
public class InitializationTests
{
    public static TheoryData<string, string> Strategies => Starts.ByFamily;

    public static TheoryData<string> Types => Families.All;

    public static TheoryData<string> TypesOfTheOracle => Families.InPlainEm;

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Fit_FromAnyStart_GivesAModel(string typeName, string strategy)
    {
        var estimator = new GaussianMixture(3)
        {
            CovarianceType = CovarianceType.Parse(typeName),
            Initialization = Starts.Named(strategy),
        };

        GaussianMixtureModel model = estimator.Fit(ReferenceData.Iris);

        model.ShouldBeUsableFor(ReferenceData.Iris);
        model.Report!.ShouldNeverFall();
        estimator.Fit(ReferenceData.Iris).ShouldHaveTheBitsOf(model, ReferenceData.Iris);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Fit_FromAnyStartOfClearClouds_FindsThem(string typeName, string strategy)
    {
        double[,] x = SyntheticData.Clouds(300, 2, 2, seed: 8, separation: 30);
        var estimator = new GaussianMixture(2)
        {
            CovarianceType = CovarianceType.Parse(typeName),
            Initialization = Starts.Named(strategy),
            Restarts = 5,
        };

        GaussianMixtureModel model = estimator.Fit(x);

        model.PredictProba(x).Enumerate().Should().OnlyContain(share => share < 1e-6 || share > 1 - 1e-6);
        model.Weights.Minimum().Should().BeGreaterThan(0.1);
    }

    [Theory]
    [MemberData(nameof(TypesOfTheOracle))]
    public void Fit_FromLabels_BeginsWithTheirMStep(string typeName)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        double[,] x = ReferenceData.Faithful;
        int[] labels = [.. Enumerable.Range(0, x.GetLength(0)).Select(i => x[i, 1] < 68 ? 1 : 0)];
        var shares = Matrix<double>.Build.Dense(labels.Length, 2, (i, c) => labels[i] == c ? 1 : 0);
        var oracle = PlainEm.StartFrom(x, 2);
        oracle.Maximize(x, [.. Enumerable.Repeat(1.0, labels.Length)], shares.ToArray(), type);
        GaussianMixtureModel start = oracle.ToModel(type);
        var estimator = new GaussianMixture(2) { CovarianceType = type, Tolerance = 0, MaxIterations = 1 };

        GaussianMixtureModel fromLabels = (estimator with { Initialization = Initialization.FromLabels(labels) }).Fit(x);
        GaussianMixtureModel fromShares =
            (estimator with { Initialization = Initialization.FromResponsibilities(shares) }).Fit(x);
        GaussianMixtureModel fromModel = (estimator with { Initialization = Initialization.FromModel(start) }).Fit(x);

        double expected = start.LogLikelihood(x);
        fromLabels.Report!.LogLikelihoodTrace[0].Should().BeApproximately(expected, 1e-8);
        fromShares.Report!.LogLikelihoodTrace[0].Should().BeApproximately(expected, 1e-8);
        fromModel.Report!.LogLikelihoodTrace[0].Should().BeApproximately(expected, 1e-8);
        fromLabels.ShouldEqual(fromModel, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_FromItsOwnModel_StaysThere(string typeName)
    {
        double[,] x = ReferenceData.Faithful;
        var estimator = new GaussianMixture(2)
        {
            CovarianceType = CovarianceType.Parse(typeName),
            Tolerance = 1e-12,
            MaxIterations = 5000,
        };
        GaussianMixtureModel model = estimator.Fit(x);

        GaussianMixtureModel again = (estimator with { Initialization = Initialization.FromModel(model) }).Fit(x);

        again.ShouldEqual(model, 1e-4);
        again.Report!.Iterations.Should().BeLessThanOrEqualTo(5);
    }

    /// <summary>Two clouds of different shapes, whose likelihood no narrower family reaches: it has to leave the start's covariances all the same.</summary>
    [Theory]
    [MemberData(nameof(Families.All), MemberType = typeof(Families))]
    public void Fit_FromAModelOfAWiderFamily_IsOfItsOwn(string typeName)
    {
        Random random = new(3);
        double[,] x = new double[60, 2];
        for (int row = 0; row < 60; row++)
        {
            (double first, double second) = (SyntheticData.Normal(random), SyntheticData.Normal(random));
            (x[row, 0], x[row, 1]) = row % 2 == 0 ? (first, first + (0.2 * second)) : (5 + (0.3 * first), second - first);
        }

        GaussianMixtureModel wide = new GaussianMixture(2).Fit(x);
        foreach (double floor in new[] { 1e-6, 0 })
        {
            GaussianMixture estimator = new(2) { CovarianceType = CovarianceType.Parse(typeName), VarianceFloor = floor };
            GaussianMixtureModel model = (estimator with { Initialization = Initialization.FromModel(wide) }).Fit(x);

            GaussianMixtureModel.FromJson(model.ToJson()).CovarianceType.Should().Be(estimator.CovarianceType, "it refuses covariances that are not of the family");
            model.Report!.LogLikelihood.Should().BeGreaterThan(estimator.Fit(x).Report!.LogLikelihood - 0.01);
            model.Report.ShouldNeverFall();
        }
    }

    [Fact]
    public void Restarts_OfKMeans_BeginElsewhere()
    {
        foreach (Initialization start in new[] { Initialization.KMeans, Initialization.KMeansPlusPlus })
        {
            ProgressLog progress = new();
            new GaussianMixture(6) { Initialization = start, Restarts = 6, MaxIterations = 1 }.Fit(ReferenceData.Iris, progress: progress);

            progress.Entries.Select(entry => entry.LogLikelihood).Distinct().Should().HaveCountGreaterThan(3);
        }
    }
}
