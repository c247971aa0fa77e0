using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>The model is the mixture of its expected parameters; its memberships are the variational ones.</summary>
public class BayesianModelTests
{
    public static TheoryData<string, string> TypesAndPriors => BayesianCases.TypesAndPriors;

    [Theory]
    [MemberData(nameof(TypesAndPriors))]
    public void Model_ScoresAsTheMixtureOfItsParameters(string typeName, string prior)
    {
        double[,] x = ReferenceData.Iris;
        BayesianGaussianMixtureModel model = Fit(typeName, prior, x);
        GaussianMixtureModel plain =
            GaussianMixtureModel.FromParameters(model.Weights, model.Means, model.Covariances, model.CovarianceType);

        ShouldBeClose(model.ScoreSamples(x), plain.ScoreSamples(x));
        model.ScoreSamples(SyntheticData.Row(x, 3)).Should().BeApproximately(model.ScoreSamples(x)[3], 1e-12);
        model.LogLikelihood(x).Should().BeApproximately(plain.LogLikelihood(x), 1e-8);
        model.Report!.LogLikelihood.Should().BeApproximately(plain.LogLikelihood(x), 1e-8);
        model.Bic(x).Should().BeApproximately(plain.Bic(x), 1e-8);
        (model.Sample(20, seed: 4).Observations - plain.Sample(20, seed: 4).Observations).InfinityNorm().Should().BeLessThan(1e-9);
    }

    [Theory]
    [MemberData(nameof(TypesAndPriors))]
    public void Responsibilities_AreThoseOfTheExpectedLogDensities(string typeName, string prior)
    {
        double[,] x = ReferenceData.Iris;
        BayesianGaussianMixtureModel model = Fit(typeName, prior, x);
        double[,] expected = Responsibilities(model, x);
        double largest = 0;

        double[,] actual = model.PredictProba(x).ToArray();
        int[] labels = model.Predict(x);
        double[,] plain = model.Prune(0).PredictProba(x).ToArray();

        for (int i = 0; i < x.GetLength(0); i++)
        {
            double[] row = SyntheticData.Row(expected, i);
            labels[i].Should().Be(Array.IndexOf(row, row.Max()));
            model.Predict(SyntheticData.Row(x, i)).Should().Be(labels[i]);
            var point = new double[model.Components];
            model.PredictProba(SyntheticData.Row(x, i), point);
            for (int j = 0; j < row.Length; j++)
            {
                actual[i, j].Should().BeApproximately(row[j], 1e-9);
                point[j].Should().BeApproximately(row[j], 1e-9);
                largest = Math.Max(largest, Math.Abs(actual[i, j] - plain[i, j]));
            }
        }

        largest.Should().BeGreaterThan(1e-3, "the posterior knows how sure it is, the plain mixture does not");
    }

    [Theory]
    [MemberData(nameof(TypesAndPriors))]
    public void Posterior_AddsCountsToThePriors(string typeName, string prior)
    {
        double[,] x = ReferenceData.Iris;
        BayesianGaussianMixtureModel model = Fit(typeName, prior, x);
        Vector<double> counts = model.MeanPrecisions - 1;
        Matrix<double> concentrations = model.WeightConcentrations;

        model.Weights.Should().BeInDescendingOrder();
        counts.Sum().Should().BeApproximately(150, 1e-9);
        for (int j = 0; j < 5; j++)
        {
            double degreesOfFreedom = typeName switch { "EEE" => 150, "VII" => 4 * counts[j], _ => counts[j] };
            model.DegreesOfFreedom[j].Should().BeApproximately(4 + degreesOfFreedom, 1e-9);
            double later = Enumerable.Range(j + 1, 4 - j).Sum(l => counts[l]);
            double[] expected = prior == "process" ? [1 + counts[j], 0.2 + later] : [0.2 + counts[j]];
            concentrations.Row(j).Zip(expected, (a, e) => Math.Abs(a - e)).Should().OnlyContain(difference => difference < 1e-9);
        }
    }

    [Fact]
    public void Estimator_ByDefault_IsAProcessOfOneOverComponents()
    {
        var estimator = new BayesianGaussianMixture(8);

        estimator.WeightPrior.Concentration.Should().Be(1.0 / 8);
        (estimator with { Components = 4 }).WeightPrior.Concentration.Should().Be(1.0 / 4, "the default follows the number of components");
        estimator.Should().Be(new BayesianGaussianMixture(8));
        estimator.Fit(ReferenceData.Faithful).WeightConcentrations.ColumnCount.Should().Be(2);
    }

    [Fact]
    public void Fit_FromAModel_BeginsWithItsResponsibilities()
    {
        double[,] x = ReferenceData.Iris;
        GaussianMixtureModel start = new GaussianMixture(3).Fit(x);
        var estimator = new BayesianGaussianMixture(3) { MaxIterations = 3, Tolerance = 0 };

        BayesianGaussianMixtureModel fromModel = (estimator with { Initialization = Initialization.FromModel(start) }).Fit(x);
        BayesianGaussianMixtureModel fromShares =
            (estimator with { Initialization = Initialization.FromResponsibilities(start.PredictProba(x)) }).Fit(x);

        fromModel.ShouldEqual(fromShares, 1e-9);
    }

    [Fact]
    public void Priors_GivenToAnEstimator_AreCopied()
    {
        var mean = Vector<double>.Build.Dense(2, 1.0);
        var covariance = Matrix<double>.Build.DenseIdentity(2);
        var estimator = new BayesianGaussianMixture(2) { MeanPrior = mean, CovariancePrior = covariance };

        mean[0] = covariance[0, 0] = 9;
        estimator.MeanPrior![1] = estimator.CovariancePrior![1, 1] = 9;

        estimator.MeanPrior.Should().Equal(1, 1);
        estimator.CovariancePrior[0, 0].Should().Be(1);
        estimator.CovariancePrior[1, 1].Should().Be(1);
    }

    [Fact]
    public void Progress_TellsTheLowerBound()
    {
        var log = new ProgressLog();

        BayesianGaussianMixtureModel model = new BayesianGaussianMixture(3).Fit(ReferenceData.Faithful, progress: log);

        log.Entries.Select(entry => entry.LogLikelihood).Should().Equal(model.LowerBoundTrace);
    }

    private static BayesianGaussianMixtureModel Fit(string typeName, string prior, double[,] x) => new BayesianGaussianMixture(5)
    {
        CovarianceType = CovarianceType.Parse(typeName),
        WeightPrior = BayesianCases.Prior(prior, 0.2),
    }.Fit(x);

    /// <summary>Proportional to exp of the expected log density of row and component.</summary>
    private static double[,] Responsibilities(BayesianGaussianMixtureModel model, double[,] x)
    {
        double[,] logs = Oracle.WeightedLogDensities(model, x);
        for (int j = 0; j < model.Components; j++)
        {
            double more = EvidenceOracle.ExpectedLogWeight(model, j) - Math.Log(model.Weights[j])
                + (0.5 * (EvidenceOracle.LogPrecision(model, j) + Math.Log(model.Covariances[j].Determinant())))
                - (0.5 * model.Dimension / model.MeanPrecisions[j]);
            for (int i = 0; i < x.GetLength(0); i++)
                logs[i, j] += more;
        }

        return Oracle.Responsibilities(logs);
    }

    private static void ShouldBeClose(Vector<double> actual, Vector<double> expected) =>
        (actual - expected).InfinityNorm().Should().BeLessThan(1e-9);
}
