using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Labels, responsibilities and log densities are those of the plain formulas, by batch and by point.</summary>
public class ScoringTests
{
    public static TheoryData<string, int> TypesAndDimensions => Families.With(1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 33, 64, 70);

    public static TheoryData<string> Types => Families.All;

    [Theory]
    [MemberData(nameof(TypesAndDimensions))]
    public void Scores_OfABatch_AreThoseOfTheFormulas(string typeName, int d)
    {
        (GaussianMixtureModel model, double[,] x) = Fitted(typeName, d);
        double[,] logs = Oracle.WeightedLogDensities(model, x);
        double[] expected = Oracle.LogDensities(logs);
        double[,] shares = Oracle.Responsibilities(logs);

        Vector<double> scores = model.ScoreSamples(x);
        Matrix<double> responsibilities = model.PredictProba(x);
        int[] labels = model.Predict(x);

        responsibilities.ShouldHaveRowsThatSumToOne();
        for (int i = 0; i < expected.Length; i++)
        {
            scores[i].Should().BeApproximately(expected[i], 1e-10 * Math.Max(1, Math.Abs(expected[i])), $"score of row {i}");
            for (int c = 0; c < model.Components; c++)
                responsibilities[i, c].Should().BeApproximately(shares[i, c], 1e-9, $"share of {c} in row {i}");
            labels[i].Should().Be(responsibilities.Row(i).MaximumIndex());
        }
    }

    [Theory]
    [MemberData(nameof(TypesAndDimensions))]
    public void Scores_OfAPoint_EqualThoseOfTheBatch(string typeName, int d)
    {
        (GaussianMixtureModel model, double[,] x) = Fitted(typeName, d);
        Vector<double> scores = model.ScoreSamples(x);
        Matrix<double> responsibilities = model.PredictProba(x);
        int[] labels = model.Predict(x);
        var shares = new double[model.Components];

        for (int i = 0; i < scores.Count; i++)
        {
            double[] point = SyntheticData.Row(x, i);
            model.ScoreSamples(point).Should().BeApproximately(scores[i], 1e-14 * (d + Math.Abs(scores[i])), $"row {i}");
            model.PredictProba(point, shares);
            for (int c = 0; c < shares.Length; c++)
                shares[c].Should().BeApproximately(responsibilities[i, c], 1e-12, $"share of {c} in row {i}");
            model.Predict(point).Should().Be(labels[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Scores_OfOneRow_EqualThoseAmongMany(string typeName)
    {
        (GaussianMixtureModel model, double[,] x) = Fitted(typeName, 5);
        Vector<double> many = model.ScoreSamples(x);

        foreach (int i in new[] { 0, 100, 256 })
            model.ScoreSamples(SyntheticData.Take(x, [i]))[0].Should().BeApproximately(many[i], 1e-14 * Math.Abs(many[i]));
    }

    [Theory]
    [MemberData(nameof(TypesAndDimensions))]
    public void Scores_OfAPoint_AllocateNothing(string typeName, int d)
    {
        (GaussianMixtureModel model, double[,] x) = Fitted(typeName, d);
        double[] point = SyntheticData.Row(x, 3);
        double[] shares = new double[model.Components];
        double sum = Ask(model, point, shares);

        // A collection that another test causes counts the rest of this thread's allocation buffer as used: take the best of a few.
        long allocated = long.MaxValue;
        for (int round = 0; round < 20 && allocated > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
                sum += Ask(model, point, shares);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        allocated.Should().Be(0);
        double.IsFinite(sum).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Criteria_AreTheirFormulas(string typeName)
    {
        (GaussianMixtureModel model, double[,] x) = Fitted(typeName, 4);
        int n = x.GetLength(0);
        double logLikelihood = model.ScoreSamples(x).Sum();

        ShouldBe(model.LogLikelihood(x), logLikelihood);
        ShouldBe(model.Score(x), logLikelihood / n);
        ShouldBe(model.Bic(x), (-2 * logLikelihood) + (model.ParameterCount * Math.Log(n)));
        ShouldBe(model.Aic(x), (-2 * logLikelihood) + (2 * model.ParameterCount));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Criteria_Weighted_AreTheirFormulas(string typeName)
    {
        (GaussianMixtureModel model, double[,] x) = Fitted(typeName, 4);
        Vector<double> weights = SyntheticData.Multiplicities(x.GetLength(0), seed: 92);
        double logLikelihood = model.ScoreSamples(x).DotProduct(weights);
        double n = weights.Sum();

        ShouldBe(model.LogLikelihood(x, weights), logLikelihood);
        ShouldBe(model.Score(x, weights), logLikelihood / n);
        ShouldBe(model.Bic(x, weights), (-2 * logLikelihood) + (model.ParameterCount * Math.Log(n)));
        ShouldBe(model.Aic(x, weights), (-2 * logLikelihood) + (2 * model.ParameterCount));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Scores_OfSingles_AreThoseOfTheSameDoubles(string typeName)
    {
        (GaussianMixtureModel model, _) = Fitted(typeName, 3);
        float[,] singles = { { 0.1f, 2.5f, -3.3f }, { 1e-3f, 7, 8 } };
        double[,] doubles = { { 0.1f, 2.5f, -3.3f }, { 1e-3f, 7, 8 } };

        ModelAssertions.Bits(model.ScoreSamples(singles)).Should().Equal(ModelAssertions.Bits(model.ScoreSamples(doubles)));
        ModelAssertions.Bits(model.PredictProba(singles)).Should().Equal(ModelAssertions.Bits(model.PredictProba(doubles)));
        model.Predict(singles).Should().Equal(model.Predict(doubles));
    }

    [Fact]
    public void Scores_WithAComponentWithoutWeight_LeaveItOut()
    {
        var one = Matrix<double>.Build.DenseIdentity(1);
        var model = GaussianMixtureModel.FromParameters(
            Vector<double>.Build.DenseOfArray([0, 1]),
            Matrix<double>.Build.DenseOfArray(new double[,] { { 0 }, { 5 } }),
            [one, one]);

        model.Predict(new double[,] { { 0 } }).Should().Equal(1);
        model.PredictProba(new double[,] { { 0 } }).Row(0).Should().Equal(0, 1);
        model.ScoreSamples(new double[,] { { 0 } })[0].Should().BeApproximately(-12.5 - (0.5 * Math.Log(2 * Math.PI)), 1e-12);
    }

    [Fact]
    public void Scores_BetweenTwoEqualComponents_AreHalves()
    {
        var one = Matrix<double>.Build.DenseIdentity(1);
        var model = GaussianMixtureModel.FromParameters(
            Vector<double>.Build.DenseOfArray([0.5, 0.5]),
            Matrix<double>.Build.DenseOfArray(new double[,] { { -3 }, { 3 } }),
            [one, one]);

        Matrix<double> shares = model.PredictProba(new double[,] { { 0 } });

        shares[0, 0].Should().BeApproximately(0.5, 1e-15);
        shares[0, 1].Should().BeApproximately(0.5, 1e-15);
    }

    private static (GaussianMixtureModel Model, double[,] X) Fitted(string typeName, int d)
    {
        double[,] x = SyntheticData.CorrelatedClouds(257, d, 3, seed: 90 + d, separation: 2);
        var estimator = new GaussianMixture(3)
        {
            CovarianceType = CovarianceType.Parse(typeName),
            MaxIterations = 3,
            VarianceFloor = 1e-3,
        };

        return (estimator.Fit(x), x);
    }

    private static double Ask(GaussianMixtureModel model, double[] point, double[] shares)
    {
        model.PredictProba(point, shares);
        return model.ScoreSamples(point) + model.Predict(point) + shares[0];
    }

    private static void ShouldBe(double actual, double expected) =>
        actual.Should().BeApproximately(expected, 1e-12 * Math.Abs(expected));
}
