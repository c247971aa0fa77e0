using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>The data decide how many components there are, and the rest can be dropped.</summary>
public class PruningTests
{
    private const int Seeds = 20;

    public static TheoryData<string> Types => BayesianCases.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public void EffectiveComponents_OfFiveClusters_AreFive(string typeName)
    {
        int found = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            var estimator = new BayesianGaussianMixture(20)
            {
                CovarianceType = CovarianceType.Parse(typeName),
                WeightPrior = WeightPrior.DirichletProcess(1.0 / 20),
                Seed = seed,
            };

            found += estimator.Fit(FiveClusters(seed)).EffectiveComponents(0.01) == 5 ? 1 : 0;
        }

        found.Should().BeGreaterThanOrEqualTo(18);
    }

    [Fact]
    public void Prune_LeavesTheComponentsThatCount()
    {
        double[,] x = FiveClusters(seed: 3);
        BayesianGaussianMixtureModel model = new BayesianGaussianMixture(20).Fit(x);

        GaussianMixtureModel pruned = model.Prune(0.01);

        pruned.Should().NotBeOfType<BayesianGaussianMixtureModel>();
        pruned.Components.Should().Be(5).And.Be(model.EffectiveComponents(0.01));
        pruned.CovarianceType.Should().Be(model.CovarianceType);
        pruned.Report.Should().BeNull();
        pruned.Weights.Sum().Should().BeApproximately(1, 1e-15);
        double kept = model.Weights.SubVector(0, 5).Sum();
        for (int j = 0; j < 5; j++)
            pruned.Weights[j].Should().BeApproximately(model.Weights[j] / kept, 1e-15);
        pruned.Means.Should().Be(model.Means.SubMatrix(0, 5, 0, 2));
        pruned.Covariances.Should().Equal(model.Covariances.Take(5));
        pruned.Predict(x).Should().Equal(model.Predict(x));
        model.Components.Should().Be(20, "a model does not change");
    }

    [Fact]
    public void Prune_AtZero_KeepsAll()
    {
        BayesianGaussianMixtureModel model = new BayesianGaussianMixture(4).Fit(ReferenceData.Faithful);

        model.Prune(0).Components.Should().Be(4).And.Be(model.EffectiveComponents(0));
    }

    [Theory]
    [InlineData(-0.1, "-0.1")]
    [InlineData(1, "1")]
    [InlineData(double.NaN, "NaN")]
    public void Threshold_ThatIsNoWeight_IsRefused(double threshold, string text)
    {
        BayesianGaussianMixtureModel model = new BayesianGaussianMixture(2).Fit(ReferenceData.Faithful);
        Action prune = () => model.Prune(threshold);
        Action count = () => model.EffectiveComponents(threshold);

        prune.ShouldRefuse<ArgumentOutOfRangeException>("threshold", text).AndHints("from 0 to below 1");
        count.ShouldRefuse<ArgumentOutOfRangeException>("threshold", text);
    }

    [Fact]
    public void Threshold_AboveEveryWeight_IsRefused()
    {
        BayesianGaussianMixtureModel model = new BayesianGaussianMixture(2).Fit(ReferenceData.Faithful);
        Action prune = () => model.Prune(0.9);

        model.EffectiveComponents(0.9).Should().Be(0);
        prune.ShouldRefuse<ArgumentOutOfRangeException>("threshold", "0.9").AndHints("Lower");
    }

    /// <summary>Five round clusters of unit variance on a circle of radius 10.</summary>
    private static double[,] FiveClusters(int seed)
    {
        var random = new Random(seed);
        double[,] x = SyntheticData.Normal(random, 600, 2, 1);
        for (int i = 0; i < 600; i++)
        {
            double angle = 2 * Math.PI * random.Next(5) / 5;
            (x[i, 0], x[i, 1]) = (x[i, 0] + (10 * Math.Cos(angle)), x[i, 1] + (10 * Math.Sin(angle)));
        }

        return x;
    }
}
