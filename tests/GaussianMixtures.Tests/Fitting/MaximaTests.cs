using System.Text.Json;
using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>The fit ends where the best of the other programs end, or higher.</summary>
public class MaximaTests
{
    public static TheoryData<string, string, int> Reached
    {
        get
        {
            var cases = new TheoryData<string, string, int>();
            foreach (string name in ReferenceData.Names)
                foreach (string typeName in new[] { "full", "tied", "diag", "spherical" })
                    for (int k = 1; k <= 4; k++)
                        cases.Add(name, typeName, k);
            return cases;
        }
    }

    [Theory]
    [InlineData("full", -1130.263960, 11)]
    [InlineData("tied", -1140.186759, 8)]
    [InlineData("diag", -1147.806353, 9)]
    [InlineData("spherical", -1709.529282, 7)]
    public void Fit_OldFaithfulInTwo_ReachesMclust(string typeName, double logLikelihood, int parameters)
    {
        GaussianMixtureModel model = Careful(2, typeName).Fit(ReferenceData.Faithful);

        model.LogLikelihood(ReferenceData.Faithful).Should().BeApproximately(logLikelihood, 1e-5);
        model.Report!.LogLikelihood.Should().BeApproximately(logLikelihood, 1e-5);
        model.Report.Converged.Should().BeTrue();
        model.Report.StopReason.Should().Be(StopReason.Converged);
        model.Report.Diagnostics.Should().BeEmpty();
        model.ParameterCount.Should().Be(parameters);
    }

    [Theory]
    [InlineData("full", -1130.263960)]
    [InlineData("tied", -1140.186759)]
    [InlineData("diag", -1147.806353)]
    [InlineData("spherical", -1709.529282)]
    public void Fit_OldFaithfulByDefault_EndsWithinItsTolerance(string typeName, double logLikelihood)
    {
        var estimator = new GaussianMixture(2) { CovarianceType = ReferenceData.TypeOf(typeName) };
        double toleranceInTotal = 2 * 272 * estimator.Tolerance;

        double reached = estimator.Fit(ReferenceData.Faithful).LogLikelihood(ReferenceData.Faithful);

        reached.Should().BeInRange(logLikelihood - toleranceInTotal, logLikelihood + 1e-5);
    }

    [Fact]
    public void Fit_IrisInThreeFull_ReachesMclust()
    {
        GaussianMixtureModel model = Careful(3, "full").Fit(ReferenceData.Iris);

        model.LogLikelihood(ReferenceData.Iris).Should().BeApproximately(-180.185477, 1e-4);
        model.ParameterCount.Should().Be(44);
    }

    [Theory]
    [MemberData(nameof(Reached))]
    public void Fit_WithTenRestarts_IsNotBelowScikitLearn(string name, string typeName, int k)
    {
        double[,] x = ReferenceData.Load(name);
        JsonElement theirs = ReferenceData.Reached.GetProperty(name).GetProperty($"{typeName}-{k}");
        double reached = theirs.GetProperty("loglik").GetDouble();

        GaussianMixtureModel model =
            new GaussianMixture(k) { CovarianceType = ReferenceData.TypeOf(typeName), Restarts = 10 }.Fit(x);

        model.LogLikelihood(x).Should().BeGreaterThanOrEqualTo(reached - (1e-3 * Math.Abs(reached)));
        model.ParameterCount.Should().Be(theirs.GetProperty("n_parameters").GetInt32());
        model.Report!.Restarts.Should().Be(10);
    }

    [Theory]
    [MemberData(nameof(Reached))]
    public void Criteria_OfScikitLearnsParameters_AreScikitLearns(string name, string typeName, int k)
    {
        double[,] x = ReferenceData.Load(name);
        JsonElement theirs = ReferenceData.Reached.GetProperty(name).GetProperty($"{typeName}-{k}");
        double[,] means = ReferenceData.Table(theirs.GetProperty("means"));
        var model = new PlainEm
        {
            Weights = ReferenceData.Numbers(theirs.GetProperty("weights")),
            Means = means,
            Covariances = ReferenceData.Covariances(theirs.GetProperty("covariances"), typeName, k, means.GetLength(1)),
        }.ToModel(ReferenceData.TypeOf(typeName));

        ShouldBe(model.LogLikelihood(x), theirs.GetProperty("loglik").GetDouble(), "log-likelihood");
        ShouldBe(model.Bic(x), theirs.GetProperty("bic").GetDouble(), "BIC");
        ShouldBe(model.Aic(x), theirs.GetProperty("aic").GetDouble(), "AIC");
        string labels = theirs.GetProperty("labels").GetString()!;
        model.Predict(x).Should().Equal(labels.Select(letter => letter - 'a'));
    }

    private static GaussianMixture Careful(int k, string typeName) => new(k)
    {
        CovarianceType = ReferenceData.TypeOf(typeName),
        Restarts = 10,
        Tolerance = 1e-10,
    };

    private static void ShouldBe(double actual, double expected, string what) =>
        ModelAssertions.Close(actual, expected, expected, 1e-9, what);
}
