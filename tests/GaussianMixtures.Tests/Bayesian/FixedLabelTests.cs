using System.Text.Json;
using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>From given labels, a given number of iterations of the Full posterior has one right answer: scikit-learn's.</summary>
public class FixedLabelTests
{
    private static readonly (string Name, Func<double, WeightPrior> Create)[] Priors =
        [("dirichlet_process", WeightPrior.DirichletProcess), ("dirichlet_distribution", WeightPrior.Dirichlet)];

    public static TheoryData<string, string, int> Runs
    {
        get
        {
            var runs = new TheoryData<string, string, int>();
            foreach (string data in ReferenceData.Names)
                foreach ((string prior, _) in Priors)
                    foreach (int iterations in new[] { 1, 5, 50 })
                        runs.Add(data, prior, iterations);
            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Fit_FromLabels_EqualsScikitLearn(string data, string prior, int iterations)
    {
        JsonElement reference = ReferenceData.Bayes.GetProperty(data);
        JsonElement expected = reference.GetProperty($"{prior}-full").GetProperty("fixed").GetProperty($"T{iterations}");
        int k = reference.GetProperty("k").GetInt32();
        var estimator = new BayesianGaussianMixture(k)
        {
            WeightPrior = Priors.Single(p => p.Name == prior).Create(1.0 / k),
            Initialization = Initialization.FromLabels([.. ReferenceData.Numbers(reference.GetProperty("fixed_labels")).Select(l => (int)l)]),
            MaxIterations = iterations,
            Tolerance = 0,
            Ridge = 1e-6,
        };
        double tolerance = iterations <= 5 ? 1e-7 : 1e-5;

        BayesianGaussianMixtureModel model = estimator.Fit(ReferenceData.Load(data));

        model.ShouldEqual(
            ReferenceData.Numbers(expected.GetProperty("weights")),
            ReferenceData.Table(expected.GetProperty("means")),
            ReferenceData.Covariances(expected.GetProperty("covariances"), "full", k, model.Dimension),
            tolerance);
        ShouldBe(model.MeanPrecisions, ReferenceData.Numbers(expected.GetProperty("mean_precision")), tolerance);
        ShouldBe(model.DegreesOfFreedom, ReferenceData.Numbers(expected.GetProperty("degrees_of_freedom")), tolerance);
        JsonElement concentrations = expected.GetProperty("weight_concentration");
        double[][] columns = prior == "dirichlet_process"
            ? [.. concentrations.EnumerateArray().Select(ReferenceData.Numbers)]
            : [ReferenceData.Numbers(concentrations)];
        model.WeightConcentrations.ColumnCount.Should().Be(columns.Length);
        for (int c = 0; c < columns.Length; c++)
            ShouldBe(model.WeightConcentrations.Column(c), columns[c], tolerance);
        model.Report!.Iterations.Should().Be(iterations);
    }

    private static void ShouldBe(Vector<double> actual, double[] expected, double tolerance)
    {
        actual.Count.Should().Be(expected.Length);
        for (int j = 0; j < expected.Length; j++)
            ModelAssertions.Close(actual[j], expected[j], expected[j], tolerance, $"component {j}");
    }
}
