using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Draws have the shares, means and covariances of the mixture, and the same seed gives the same draws.</summary>
public class SamplingTests
{
    private const int Draws = 200_000;

    public static TheoryData<string> Types => Families.All;

    [Theory]
    [MemberData(nameof(Types))]
    public void Sample_OfManyRows_HasTheMomentsOfTheMixture(string typeName)
    {
        GaussianMixtureModel model = Fitted(typeName);

        MixtureSample sample = model.Sample(Draws, seed: 5);

        sample.Observations.RowCount.Should().Be(Draws);
        sample.Observations.ColumnCount.Should().Be(model.Dimension);
        sample.Labels.Should().HaveCount(Draws);
        for (int c = 0; c < model.Components; c++)
        {
            int[] rows = [.. Enumerable.Range(0, Draws).Where(i => sample.Labels[i] == c)];
            double weight = model.Weights[c];
            WithinFourErrors((double)rows.Length / Draws, weight, Math.Sqrt(weight * (1 - weight) / Draws), $"share of {c}");
            ShouldHaveTheMomentsOf(sample.Observations, rows, model, c);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Sample_FromAModelFarFromZero_KeepsItsSpread(string typeName)
    {
        double[,] x = SyntheticData.Map(SyntheticData.CorrelatedClouds(300, 2, 2, seed: 82), (value, _) => value + 1e8);
        GaussianMixtureModel model = new GaussianMixture(1) { CovarianceType = CovarianceType.Parse(typeName) }.Fit(x);

        Matrix<double> draws = model.Sample(20_000, seed: 6).Observations;

        for (int j = 0; j < 2; j++)
        {
            double variance = model.Covariances[0][j, j], mean = model.Means[0, j];
            double drawn = draws.Column(j).Select(v => (v - mean) * (v - mean)).Average();
            WithinFourErrors(drawn, variance, variance * Math.Sqrt(2.0 / 20_000), $"variance {j}");
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Sample_OfTheSameSeed_IsTheSame(string typeName)
    {
        GaussianMixtureModel model = Fitted(typeName);

        MixtureSample first = model.Sample(1000, seed: 42);
        MixtureSample again = model.Sample(1000, seed: 42);
        MixtureSample other = model.Sample(1000, seed: 43);

        ModelAssertions.Bits(again.Observations).Should().Equal(ModelAssertions.Bits(first.Observations));
        again.Labels.Should().Equal(first.Labels);
        ModelAssertions.Bits(other.Observations).Should().NotEqual(ModelAssertions.Bits(first.Observations));
        other.Labels.Should().NotEqual(first.Labels);
    }

    [Fact]
    public void Sample_OfTheSameRandom_IsTheSame()
    {
        GaussianMixtureModel model = Fitted("VVV");

        MixtureSample first = model.Sample(500, new Random(9));
        MixtureSample again = model.Sample(500, new Random(9));

        ModelAssertions.Bits(again.Observations).Should().Equal(ModelAssertions.Bits(first.Observations));
        again.Labels.Should().Equal(first.Labels);
    }

    [Fact]
    public void Sample_FromOneRandom_GoesOnWithIt()
    {
        GaussianMixtureModel model = Fitted("VVV");
        var random = new Random(9);

        MixtureSample first = model.Sample(500, random);
        MixtureSample next = model.Sample(500, random);

        ModelAssertions.Bits(next.Observations).Should().NotEqual(ModelAssertions.Bits(first.Observations));
    }

    [Fact]
    public void Sample_NeverDrawsAComponentWithoutWeight()
    {
        var model = GaussianMixtureModel.FromParameters(
            Vector<double>.Build.DenseOfArray([0, 1, 0]),
            Matrix<double>.Build.Dense(3, 1, (c, _) => c),
            [.. Enumerable.Repeat(Matrix<double>.Build.DenseIdentity(1), 3)]);

        model.Sample(5000, seed: 1).Labels.Should().OnlyContain(label => label == 1);
    }

    [Fact]
    public void Sample_Fitted_FindsTheMixtureAgain()
    {
        GaussianMixtureModel model = Fitted("VVV");
        Matrix<double> draws = model.Sample(20_000, seed: 3).Observations;

        var estimator = new GaussianMixture(model.Components) { Initialization = Initialization.FromModel(model) };

        GaussianMixtureModel again = estimator.Fit(draws);

        again.ShouldEqual(model, 0.1);
        again.LogLikelihood(draws).Should().BeGreaterThan(model.LogLikelihood(draws));
    }

    private static GaussianMixtureModel Fitted(string typeName) =>
        new GaussianMixture(3) { CovarianceType = CovarianceType.Parse(typeName) }
            .Fit(SyntheticData.CorrelatedClouds(600, 3, 3, seed: 81));

    private static void ShouldHaveTheMomentsOf(Matrix<double> draws, int[] rows, GaussianMixtureModel model, int component)
    {
        int d = model.Dimension, n = rows.Length;
        Matrix<double> covariance = model.Covariances[component];
        var means = new double[d];
        for (int j = 0; j < d; j++)
        {
            means[j] = rows.Average(i => draws[i, j]);
            WithinFourErrors(means[j], model.Means[component, j], Math.Sqrt(covariance[j, j] / n), $"mean {component},{j}");
        }

        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double drawn = rows.Average(row => (draws[row, i] - means[i]) * (draws[row, j] - means[j]));
                double spread = (covariance[i, i] * covariance[j, j]) + (covariance[i, j] * covariance[i, j]);
                WithinFourErrors(drawn, covariance[i, j], Math.Sqrt(spread / n), $"covariance {component},{i},{j}");
            }
        }
    }

    private static void WithinFourErrors(double drawn, double expected, double standardError, string what) =>
        drawn.Should().BeApproximately(expected, 4 * standardError, what);
}
