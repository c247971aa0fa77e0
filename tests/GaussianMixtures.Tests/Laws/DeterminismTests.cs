using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>The same question has the same answer to the last bit: whoever computes it, in which layout, how often.</summary>
public class DeterminismTests
{
    private static readonly double[,] Large = SyntheticData.CorrelatedClouds(20_000, 5, 4, seed: 61, separation: 2);

    private static readonly double[,] Small = SyntheticData.CorrelatedClouds(700, 5, 4, seed: 62, separation: 2);

    public static TheoryData<string> Types => Families.All;

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithAnyNumberOfThreads_HasTheSameBits(string typeName)
    {
        GaussianMixture estimator = Estimator(typeName) with { MaxIterations = 8 };
        GaussianMixtureModel one = (estimator with { MaxDegreeOfParallelism = 1 }).Fit(Large);

        foreach (int? threads in new int?[] { 2, 3, 8, null })
            (estimator with { MaxDegreeOfParallelism = threads }).Fit(Large)
                .ShouldHaveTheBitsOf(one, Large, $"{threads} threads");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithRestartsOnAnyNumberOfThreads_HasTheSameBits(string typeName)
    {
        GaussianMixture estimator = Estimator(typeName) with { Restarts = 5, Initialization = Initialization.RandomPoints };
        GaussianMixtureModel one = (estimator with { MaxDegreeOfParallelism = 1 }).Fit(Small);

        foreach (int threads in new[] { 2, 3, 8 })
            (estimator with { MaxDegreeOfParallelism = threads }).Fit(Small)
                .ShouldHaveTheBitsOf(one, Small, $"{threads} threads");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WeightedOnAnyNumberOfThreads_HasTheSameBits(string typeName)
    {
        Vector<double> weights = SyntheticData.Multiplicities(Large.GetLength(0), seed: 63);
        GaussianMixture estimator = Estimator(typeName) with { MaxIterations = 4 };
        GaussianMixtureModel one = (estimator with { MaxDegreeOfParallelism = 1 }).Fit(Large, weights);

        (estimator with { MaxDegreeOfParallelism = 3 }).Fit(Large, weights).ShouldHaveTheBitsOf(one, Large);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_OfAnyLayout_HasTheSameBits(string typeName)
    {
        GaussianMixture estimator = Estimator(typeName);
        GaussianMixtureModel table = estimator.Fit(Small);
        Matrix<double> columnMajor = Matrix<double>.Build.DenseOfArray(Small);
        Matrix<double> sparse = Matrix<double>.Build.SparseOfArray(Small);
        Matrix<double> view = Matrix<double>.Build.DenseOfArray(Small).Transpose().Transpose();

        Observations[] layouts = [columnMajor, sparse, view, SyntheticData.Jagged(Small)];

        foreach (Observations layout in layouts)
        {
            layout.Count.Should().Be(Small.GetLength(0));
            layout.Dimension.Should().Be(Small.GetLength(1));
            estimator.Fit(layout).ShouldHaveTheBitsOf(table, Small);
            ModelAssertions.Bits(table.ScoreSamples(layout)).Should().Equal(ModelAssertions.Bits(table.ScoreSamples(Small)));
            ModelAssertions.Bits(table.PredictProba(layout)).Should().Equal(ModelAssertions.Bits(table.PredictProba(Small)));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_OfSingles_IsThatOfTheSameDoubles(string typeName)
    {
        var singles = new float[Small.GetLength(0), Small.GetLength(1)];
        for (int i = 0; i < singles.GetLength(0); i++)
            for (int j = 0; j < singles.GetLength(1); j++)
                singles[i, j] = (float)Small[i, j];
        double[,] doubles = new double[singles.GetLength(0), singles.GetLength(1)];
        for (int i = 0; i < singles.GetLength(0); i++)
            for (int j = 0; j < singles.GetLength(1); j++)
                doubles[i, j] = singles[i, j];
        GaussianMixture estimator = Estimator(typeName);

        estimator.Fit(singles).ShouldHaveTheBitsOf(estimator.Fit(doubles), doubles);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_ASecondTime_HasTheSameBits(string typeName)
    {
        GaussianMixture estimator = Estimator(typeName) with { Restarts = 2 };

        estimator.Fit(Small).ShouldHaveTheBitsOf(estimator.Fit(Small), Small);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_EightTimesAtOnce_HasTheSameBits(string typeName)
    {
        GaussianMixture estimator = Estimator(typeName) with { Restarts = 2 };
        GaussianMixtureModel alone = estimator.Fit(Small);
        var together = new GaussianMixtureModel[8];

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = estimator.Fit(Small));

        foreach (GaussianMixtureModel model in together)
            model.ShouldHaveTheBitsOf(alone, Small);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Scores_AskedFromEightThreads_HaveTheSameBits(string typeName)
    {
        GaussianMixtureModel model = Estimator(typeName).Fit(Small);
        long[] alone = ModelAssertions.Bits(model.ScoreSamples(Small));
        var together = new long[8][];

        Parallel.For(0, 8, i => together[i] = ModelAssertions.Bits(model.ScoreSamples(Small)));

        together.Should().AllSatisfy(bits => bits.Should().Equal(alone));
    }

    private static GaussianMixture Estimator(string typeName) => new(4)
    {
        CovarianceType = CovarianceType.Parse(typeName),
        MaxIterations = 15,
        Tolerance = 0,
        Seed = 7,
    };
}
