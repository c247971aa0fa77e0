using FluentAssertions;
using GaussianMixtures.Initializations;
using GaussianMixtures.Selection;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Each row is scored once, by a fit that saw neither it nor a copy of it.</summary>
public class CrossValidationTests
{
    private static readonly double[,] X = SyntheticData.CorrelatedClouds(203, 3, 2, seed: 8, separation: 3);

    public static TheoryData<string> Types => Families.All;

    [Theory]
    [MemberData(nameof(Types))]
    public void Value_IsTheMeanOverFoldsFittedByHand(string typeName)
    {
        GaussianMixture estimator = new(2) { CovarianceType = CovarianceType.Parse(typeName), Restarts = 2 };
        double logLikelihood = Folds(X, 4).Sum(rows =>
        {
            int[] others = [.. Enumerable.Range(0, X.GetLength(0)).Except(rows)];
            return estimator.Fit(SyntheticData.Take(X, others)).LogLikelihood(SyntheticData.Take(X, rows));
        });

        double value = Search(estimator, Criterion.CrossValidation(4)).Fit(X).Candidates[0].Value;

        value.Should().BeApproximately(-logLikelihood / X.GetLength(0), 1e-7);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(203)]
    public void Folds_OfDistinctRows_AreEvenAndComplete(int folds)
    {
        int[][] cut = Folds(X, folds);

        cut.SelectMany(rows => rows).Should().BeEquivalentTo(Enumerable.Range(0, X.GetLength(0)));
        (cut.Max(rows => rows.Length) - cut.Min(rows => rows.Length)).Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Folds_OfRowsInAnotherOrder_HoldTheSameRows()
    {
        int[] order = [.. Enumerable.Range(0, X.GetLength(0)).OrderBy(row => (row * 37) % 203)];

        int[][] cut = Folds(SyntheticData.Take(X, order), 5);

        for (int fold = 0; fold < 5; fold++)
            cut[fold].Select(row => order[row]).Should().BeEquivalentTo(Folds(X, 5)[fold]);
    }

    [Fact]
    public void Folds_OfRepeatedRows_KeepCopiesTogether()
    {
        double[,] twice = SyntheticData.Take(X, [.. Enumerable.Range(0, 203), .. Enumerable.Range(0, 100)]);

        foreach (int[] rows in Folds(twice, 5))
            rows.Where(row => row >= 203).Should().BeEquivalentTo(rows.Where(row => row < 100).Select(row => row + 203));
    }

    [Fact]
    public void Folds_OfAnotherSeed_AreOthers()
    {
        Folds(X, 5, seed: 1)[0].Should().NotBeEquivalentTo(Folds(X, 5)[0]);
        Folds(X, 5, seed: 1)[0].Should().Equal(Folds(X, 5, seed: 1)[0]);
    }

    [Fact]
    public void Value_Weighted_EqualsThatOfTheCopies()
    {
        Vector<double> weights = SyntheticData.Multiplicities(X.GetLength(0), seed: 3);
        double[,] copies = SyntheticData.Take(X, [.. weights.SelectMany((count, row) => Enumerable.Repeat(row, (int)count))]);
        ModelSelection search = Search(new GaussianMixture(2), Criterion.CrossValidation(5));

        double weighted = search.Fit(X, weights).Candidates[0].Value;

        weighted.Should().BeApproximately(search.Fit(copies).Candidates[0].Value, 1e-6);
        weighted.Should().BeApproximately(search.Fit(X, weights * 1024).Candidates[0].Value, 1e-12);
    }

    [Fact]
    public void Value_OfRowsOfWeightZero_DoesNotKnowThem()
    {
        double[,] spoilt = SyntheticData.Take(X, [.. Enumerable.Range(0, 203), 0, 1, 2]);
        for (int row = 203; row < 206; row++)
            spoilt[row, 1] = double.NaN;
        var weights = Vector<double>.Build.Dense(206, row => row < 203 ? 1 : 0);
        ModelSelection search = Search(new GaussianMixture(2), Criterion.CrossValidation(5));

        search.Fit(spoilt, weights).Candidates[0].Value.Should().BeApproximately(search.Fit(X).Candidates[0].Value, 1e-7);
    }

    [Fact]
    public void Value_OfFewerDistinctRowsThanFolds_IsAFailureThatSaysSo()
    {
        double[][] x = [[1], [2], [3], [1], [2], [3]];
        Action fit = () => Search(new GaussianMixture(1), Criterion.CrossValidation(4)).Fit(x);

        fit.Should().Throw<InvalidOperationException>().WithMessage("*3 distinct rows*4 folds*");
    }

    [Fact]
    public void Selection_ByCrossValidation_MissesNoComponent()
    {
        double[,] x = SyntheticData.Clouds(400, 2, 3, seed: 5, separation: 8);

        ModelSelectionResult result = new ModelSelection
        {
            Components = [1, 2, 3],
            Criterion = Criterion.CrossValidation(5),
            Estimator = new GaussianMixture(1) { Restarts = 3 },
        }.Fit(x);

        result.Best.Components.Should().Be(3);
    }

    private static ModelSelection Search(GaussianMixture estimator, Criterion criterion) => new()
    {
        Components = [estimator.Components],
        CovarianceTypes = [estimator.CovarianceType],
        Criterion = criterion,
        Estimator = estimator,
    };

    /// <summary>The rows of each fold.</summary>
    private static int[][] Folds(double[,] x, int folds, int seed = 0) =>
        [.. Fold.Cut(FitData.Of(x, null, null, default), folds, seed, default)
            .Select(fold => fold.Weights.Select((weight, row) => (weight, row)).Where(pair => pair.weight > 0).Select(pair => pair.row).ToArray())];
}
