using System.Text.Json;
using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>The criteria are those of the papers, and of mclust with the sign turned.</summary>
public class CriteriaTests
{
    public static TheoryData<int> MclustFits => [.. Enumerable.Range(0, ReferenceData.Criteria.GetProperty("fits").GetArrayLength())];

    public static TheoryData<string> Types => Families.All;

    [Theory]
    [MemberData(nameof(MclustFits))]
    public void Criteria_OfMclustsModels_AreMclusts(int at)
    {
        JsonElement fit = ReferenceData.Criteria.GetProperty("fits")[at];
        double[,] x = ReferenceData.Load(fit.GetProperty("data").GetString()!);
        var model = GaussianMixtureModel.FromParameters(
            Vector<double>.Build.DenseOfArray(ReferenceData.Numbers(fit.GetProperty("pro"))),
            Matrix<double>.Build.DenseOfArray(ReferenceData.Table(fit.GetProperty("mean"))),
            [.. fit.GetProperty("sigma").EnumerateArray().Select(s => Matrix<double>.Build.DenseOfArray(ReferenceData.Table(s)))],
            CovarianceType.Parse(fit.GetProperty("model").GetString()!));

        model.ParameterCount.Should().Be(fit.GetProperty("df").GetInt32());
        ShouldBe(model.LogLikelihood(x), fit.GetProperty("loglik").GetDouble(), "log-likelihood");
        ShouldBe(model.Bic(x), -fit.GetProperty("bic").GetDouble(), "BIC");
        ShouldBe(model.Icl(x), -fit.GetProperty("icl").GetDouble(), "ICL");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Criteria_OfAModel_AreTheirFormulas(string typeName)
    {
        double[,] x = ReferenceData.Iris;
        GaussianMixtureModel model = Fitted(typeName, x);
        double p = model.ParameterCount, n = x.GetLength(0);

        ShouldBe(model.Aicc(x), model.Aic(x) + (2 * p * (p + 1) / (n - p - 1)), "AICc");
        ShouldBe(model.Icl(x), model.Bic(x) - (2 * Certainties(model, x).Sum()), "ICL");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Criteria_Weighted_AreThoseOfTheCopies(string typeName)
    {
        double[,] x = ReferenceData.Iris;
        GaussianMixtureModel model = Fitted(typeName, x);
        Vector<double> weights = SyntheticData.Multiplicities(x.GetLength(0), seed: 12);
        double[,] copies = SyntheticData.Take(x, [.. weights.SelectMany((count, row) => Enumerable.Repeat(row, (int)count))]);

        ShouldBe(model.Aicc(x, weights), model.Aicc(copies), "AICc");
        ShouldBe(model.Icl(x, weights), model.Icl(copies), "ICL");
    }

    [Fact]
    public void Aicc_OfTooFewRows_IsInfinite()
    {
        double[,] x = ReferenceData.Faithful;
        GaussianMixtureModel model = new GaussianMixture(2).Fit(x);
        int p = model.ParameterCount;

        model.Aicc(SyntheticData.Take(x, [.. Enumerable.Range(0, p)])).Should().Be(double.PositiveInfinity);
        model.Aicc(SyntheticData.Take(x, [.. Enumerable.Range(0, p + 1)])).Should().Be(double.PositiveInfinity);
        double.IsFinite(model.Aicc(SyntheticData.Take(x, [.. Enumerable.Range(0, p + 2)]))).Should().BeTrue();
    }

    [Fact]
    public void Icl_OfRowsFarFromEverything_IsFinite()
    {
        GaussianMixtureModel model = new GaussianMixture(2).Fit(ReferenceData.Faithful);

        model.Icl(new double[,] { { 1e9, -1e9 }, { 3, 70 } }).Should().BeLessThan(double.PositiveInfinity).And.BeGreaterThan(0);
    }

    [Fact]
    public void Criteria_AreCalled() =>
        new[] { Criterion.Bic, Criterion.Aic, Criterion.Aicc, Criterion.Icl, Criterion.CrossValidation(7) }
            .Select(criterion => criterion.ToString()).Should().Equal("BIC", "AIC", "AICc", "ICL", "7-fold cross-validation");

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-5)]
    public void CrossValidation_OfFewerThanTwoFolds_IsRefused(int folds)
    {
        Action make = () => Criterion.CrossValidation(folds);

        make.ShouldRefuse<ArgumentOutOfRangeException>("folds", $"{folds}", "at least 2");
    }

    [Fact]
    public void Scores_WithoutModelOrData_AreRefused()
    {
        GaussianMixtureModel model = new GaussianMixture(2).Fit(ReferenceData.Faithful);
        Func<GaussianMixtureModel, Observations, Vector<double>?, double>[] scores = [ModelScores.Aicc, ModelScores.Icl];
        foreach (var score in scores)
        {
            ((Action)(() => score(null!, ReferenceData.Faithful, null))).ShouldRefuse<ArgumentNullException>("model");
            ((Action)(() => score(model, null!, null))).ShouldRefuse<ArgumentNullException>("x");
            ((Action)(() => score(model, ReferenceData.Iris, null))).ShouldRefuse<ArgumentException>("x", "4 columns");
            ((Action)(() => score(model, ReferenceData.Faithful, Vector<double>.Build.Dense(3)))).ShouldRefuse<ArgumentException>("weights");
        }
    }

    private static GaussianMixtureModel Fitted(string typeName, double[,] x) =>
        new GaussianMixture(3) { CovarianceType = CovarianceType.Parse(typeName), MaxIterations = 5 }.Fit(x);

    /// <summary>log of each row's largest responsibility.</summary>
    private static IEnumerable<double> Certainties(GaussianMixtureModel model, double[,] x) =>
        model.PredictProba(x).EnumerateRows().Select(row => Math.Log(row.Maximum()));

    private static void ShouldBe(double actual, double expected, string what) =>
        ModelAssertions.Close(actual, expected, expected, 1e-11, what);
}
