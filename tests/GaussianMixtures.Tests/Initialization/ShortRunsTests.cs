using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>Short runs begin as <see cref="Initialization.RandomPoints"/> does; the best of them go on.</summary>
public class ShortRunsTests
{
    private const int Runs = 5;

    private const int Iterations = 4;

    private static readonly double[,] X = ReferenceData.Iris;

    public static TheoryData<string> Types => Families.All;

    [Theory]
    [MemberData(nameof(Types))]
    public void Restarts_GoOnWithTheShortRunsInTheirOrder(string typeName)
    {
        GaussianMixture estimator = Estimator(typeName);
        double[][] runs = Traces(estimator with { Initialization = Initialization.RandomPoints, Restarts = Runs, MaxIterations = Iterations + 1 });
        double[][] ranked = [.. runs.OrderByDescending(run => run[Iterations - 1])];

        double[][] continued = Traces(estimator with { Restarts = Runs });

        for (int r = 0; r < Runs; r++)
            continued[r][0].Should().Be(ranked[r][Iterations], $"rank {r} goes on where it was");
    }

    [Fact]
    public void Restarts_BeyondTheRuns_MakeNewOnes()
    {
        GaussianMixture estimator = Estimator("VVV");
        double[][] runs = Traces(estimator with { Initialization = Initialization.RandomPoints, Restarts = 2 * Runs, MaxIterations = Iterations + 1 });
        double[][] second = [.. runs[Runs..].OrderByDescending(run => run[Iterations - 1])];

        double[][] continued = Traces(estimator with { Restarts = 2 * Runs });

        for (int r = 0; r < Runs; r++)
            continued[Runs + r][0].Should().Be(second[r][Iterations]);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_EndsNoLowerThanItsBestShortRun(string typeName)
    {
        GaussianMixture estimator = Estimator(typeName) with { MaxIterations = 1000, Tolerance = 1e-6 };
        double best = (estimator with { Initialization = Initialization.RandomPoints, Restarts = Runs, MaxIterations = Iterations, Tolerance = 0 })
            .Fit(X).Report!.LogLikelihoodTrace[^1];

        estimator.Fit(X).Report!.LogLikelihood.Should().BeGreaterThanOrEqualTo(best - (1e-10 * Math.Abs(best)));
    }

    [Fact]
    public void Fit_WhereSomeRunsCollapse_GoesOnWithAnother()
    {
        // Without a floor a component that begins on the row far out, or comes to it, collapses there; not all runs have one.
        var x = new double[60, 1];
        for (int i = 0; i < 60; i++)
            x[i, 0] = i == 59 ? 200 : i % 2 == 0 ? i : 300 + i;
        var estimator = new GaussianMixture(3)
        {
            Initialization = Initialization.RandomPoints,
            VarianceFloor = 0,
            MaxIterations = 25,
            Tolerance = 0,
        };
        int[] collapsed = [.. Enumerable.Range(0, 40).Where(seed => Collapses(estimator with { Seed = seed }, x))];
        collapsed.Length.Should().BeInRange(1, 39, "the data are to be hard, not hopeless");
        estimator = estimator with { Initialization = Initialization.ShortRuns(runs: 20, iterations: 25), MaxIterations = 1 };

        foreach (int seed in collapsed)
            (estimator with { Seed = seed }).Fit(x).ShouldBeUsableFor(x);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void ShortRuns_OfNothing_AreRefused(int value)
    {
        Action runs = () => Initialization.ShortRuns(runs: value);
        Action iterations = () => Initialization.ShortRuns(iterations: value);

        runs.ShouldRefuse<ArgumentOutOfRangeException>("runs", $"{value}", "at least 1");
        iterations.ShouldRefuse<ArgumentOutOfRangeException>("iterations", $"{value}", "at least 1");
    }

    private static bool Collapses(GaussianMixture estimator, double[,] x)
    {
        try
        {
            estimator.Fit(x);
            return false;
        }
        catch (DegenerateCovarianceException)
        {
            return true;
        }
    }

    private static GaussianMixture Estimator(string typeName) => new(4)
    {
        CovarianceType = CovarianceType.Parse(typeName),
        Initialization = Initialization.ShortRuns(Runs, Iterations),
        MaxIterations = 1,
        Tolerance = 0,
    };

    /// <summary>The log-likelihoods that each restart saw.</summary>
    private static double[][] Traces(GaussianMixture estimator)
    {
        var log = new ProgressLog();
        estimator.Fit(X, progress: log);
        return [.. Enumerable.Range(0, estimator.Restarts).Select(restart => log.Entries
            .Where(entry => entry.Restart == restart).OrderBy(entry => entry.Iteration).Select(entry => entry.LogLikelihood).ToArray())];
    }
}
