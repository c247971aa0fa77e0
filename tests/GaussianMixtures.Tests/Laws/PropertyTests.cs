using FluentAssertions;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.FSharp.Core;

namespace GaussianMixtures.Tests;

/// <summary>The laws on small random data, from a fixed seed so that a failure comes again.</summary>
public class PropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure
        .WithMaxTest(60)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20_240_229, 17), FSharpOption<int>.None)));

    [Fact]
    public void Trace_NeverFalls() => ForAll(problem =>
    {
        problem.Estimator.Fit(problem.X).Report!.ShouldNeverFall();
        (problem.Estimator with { MaxIterations = 200 }).Fit(problem.X, problem.Weights).Report!.ShouldNeverFall();
    });

    [Fact]
    public void Fit_CommutesWithShiftAndScale() => ForAll(problem =>
    {
        double scale = Math.Pow(10, problem.Random.Next(-100, 101));
        double shift = problem.Random.Next(-1_000_000, 1_000_001);
        GaussianMixture estimator = problem.Estimator with { MaxIterations = 6, Tolerance = 0 };

        GaussianMixtureModel model = estimator.Fit(problem.X);
        GaussianMixtureModel moved = estimator.Fit(SyntheticData.Map(problem.X, (value, _) => scale * (value + shift)));

        for (int c = 0; c < model.Components; c++)
        {
            moved.Weights[c].Should().BeApproximately(model.Weights[c], 1e-6);
            for (int j = 0; j < model.Dimension; j++)
            {
                double sigma = Math.Sqrt(model.Covariances[c][j, j]);
                ((moved.Means[c, j] / scale) - shift).Should().BeApproximately(model.Means[c, j], 1e-6 * (1 + sigma));
                (Math.Sqrt(moved.Covariances[c][j, j]) / scale).Should().BeApproximately(sigma, 1e-6 * sigma);
            }
        }
    });

    [Fact]
    public void Weights_AreCopies() => ForAll(problem =>
    {
        int[] rows =
            [.. Enumerable.Range(0, problem.X.GetLength(0)).SelectMany(i => Enumerable.Repeat(i, (int)problem.Weights[i]))];
        int[] shuffled = [.. rows.Distinct(), .. rows.GroupBy(row => row).SelectMany(group => group.Skip(1))];
        GaussianMixture estimator = problem.Estimator with { MaxIterations = 5, Tolerance = 0 };
        GaussianMixtureModel weighted = estimator.Fit(problem.X, problem.Weights);

        foreach (int[] copies in new[] { rows, shuffled })
        {
            GaussianMixtureModel copied = estimator.Fit(SyntheticData.Take(problem.X, copies));
            weighted.ShouldEqual(copied, 1e-7);
            double logLikelihood = copied.Report!.LogLikelihood;
            weighted.Report!.LogLikelihood.Should().BeApproximately(logLikelihood, 1e-8 * Math.Max(1, Math.Abs(logLikelihood)));
        }
    });

    [Fact]
    public void LowerBound_NeverFalls() => ForAll(problem =>
    {
        foreach (WeightPrior prior in new[] { WeightPrior.Dirichlet(0.01 + problem.Random.NextDouble()), WeightPrior.DirichletProcess(0.2) })
        {
            foreach (CovarianceType type in BayesianCases.Families)
            {
                var estimator = new BayesianGaussianMixture(problem.Components)
                {
                    CovarianceType = type,
                    WeightPrior = prior,
                    MeanPrecisionPrior = Math.Pow(10, problem.Random.Next(-3, 4)),
                    DegreesOfFreedomPrior = problem.Dimension - 1 + Math.Pow(10, problem.Random.Next(-1, 3)),
                };
                estimator.Fit(problem.X).ShouldNeverFall();
                estimator.Fit(problem.X, problem.Weights).ShouldNeverFall();
            }
        }
    });

    [Fact]
    public void Threads_DoNotMatter() => ForAll(problem =>
    {
        GaussianMixtureModel one = (problem.Estimator with { MaxDegreeOfParallelism = 1 }).Fit(problem.X);

        (problem.Estimator with { MaxDegreeOfParallelism = 3 }).Fit(problem.X).ShouldHaveTheBitsOf(one, problem.X);
    });

    [Fact]
    public void Model_IsAMixture() => ForAll(problem =>
    {
        GaussianMixtureModel model = problem.Estimator.Fit(problem.X);

        model.ShouldBeUsableFor(problem.X);
        model.Weights.Should().BeInDescendingOrder();
        double[] expected = Oracle.LogDensities(Oracle.WeightedLogDensities(model, problem.X));
        Vector<double> scores = model.ScoreSamples(problem.X);
        for (int i = 0; i < expected.Length; i++)
            scores[i].Should().BeApproximately(expected[i], 1e-7 * Math.Max(1, Math.Abs(expected[i])));
    });

    [Fact]
    public void Json_LosesNothing() => ForAll(problem =>
    {
        GaussianMixtureModel model = problem.Estimator.Fit(problem.X);

        GaussianMixtureModel reloaded = GaussianMixtureModel.FromJson(model.ToJson());

        ModelAssertions.Bits(reloaded).Should().Equal(ModelAssertions.Bits(model));
        ModelAssertions.Bits(reloaded.ScoreSamples(problem.X)).Should()
            .Equal(ModelAssertions.Bits(model.ScoreSamples(problem.X)));
    });

    private static void ForAll(Action<Problem> law) => Check.One(Seeded, Prop.ForAll(Problems, law));

    private static Arbitrary<Problem> Problems
    {
        get
        {
            var problems =
                from seed in Gen.Choose(0, 1_000_000)
                from dimension in Gen.Choose(1, 5)
                from components in Gen.Choose(1, 4)
                from clouds in Gen.Choose(1, 4)
                from rows in Gen.Choose(4, 120)
                from family in Gen.Elements<CovarianceType>([.. CovarianceType.All])
                select new Problem(seed, rows + components, dimension, components, clouds, family);
            return problems.ToArbitrary();
        }
    }

    /// <summary>A small random fit, printed by its numbers when it fails.</summary>
    private sealed record Problem(int Seed, int Rows, int Dimension, int Components, int Clouds, CovarianceType Family)
    {
        public double[,] X => SyntheticData.CorrelatedClouds(Rows, Dimension, Clouds, Seed, separation: 3);

        public Vector<double> Weights => SyntheticData.Multiplicities(Rows, Seed);

        public Random Random => new(Seed);

        public GaussianMixture Estimator => new(Components) { CovarianceType = Family, MaxIterations = 100 };
    }
}
