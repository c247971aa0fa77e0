using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>A fit from the tree: the M-step of its clusters, then EM on all rows.</summary>
public class HierarchicalTests
{
    public static TheoryData<string> Types => Families.All;

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_Hierarchical_BeginsWithTheMStepOfMclustsClusters(string typeName)
    {
        int[] clusters = [.. ReferenceData.Numbers(ReferenceData.Agglomerations.GetProperty("thyroid")[2]).Select(label => (int)label - 1)];
        var estimator = new GaussianMixture(3) { CovarianceType = CovarianceType.Parse(typeName), MaxIterations = 3, Tolerance = 0 };

        FitReport report = (estimator with { Initialization = Initialization.Hierarchical }).Fit(ReferenceData.Thyroid).Report!;
        FitReport expected = (estimator with { Initialization = Initialization.FromLabels(clusters) }).Fit(ReferenceData.Thyroid).Report!;

        for (int t = 0; t < 3; t++)
            report.LogLikelihoodTrace[t].Should().BeApproximately(expected.LogLikelihoodTrace[t], 1e-7);
    }

    [Fact]
    public void Fit_Hierarchical_NeedsNeitherSeedNorRestarts()
    {
        var estimator = new GaussianMixture(4) { Initialization = Initialization.Hierarchical, Seed = 1 };
        GaussianMixtureModel model = estimator.Fit(ReferenceData.Iris);

        GaussianMixtureModel other = (estimator with { Seed = 2, Restarts = 5 }).Fit(ReferenceData.Iris);

        other.ShouldHaveTheBitsOf(model, ReferenceData.Iris);
        other.Report!.Restarts.Should().Be(1);
    }

    [Fact]
    public void Fit_OfMoreRowsThanATreeHas_FindsTheClouds()
    {
        double[,] x = SyntheticData.Clouds(6000, 3, 4, seed: 81, separation: 12);

        GaussianMixtureModel model = new GaussianMixture(4) { Initialization = Initialization.Hierarchical }.Fit(x);

        model.ShouldBeUsableFor(x);
        foreach (var covariance in model.Covariances)
            covariance.Trace().Should().BeApproximately(3, 0.3, "each cloud has unit variance");
    }

    [Fact]
    public void Fit_OfMoreComponentsThanATreeHasRows_SaysWhatElseToUse()
    {
        double[,] x = SyntheticData.Clouds(3000, 1, 1, seed: 82);
        Action fit = () => new GaussianMixture(2500) { Initialization = Initialization.Hierarchical }.Fit(x);

        fit.ShouldRefuse<ArgumentException>("Components", "2500", "2000", "KMeans");
    }
}
