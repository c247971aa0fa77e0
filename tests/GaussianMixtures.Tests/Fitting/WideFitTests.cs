using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>Covariances of many columns: the memory of those a fit has done with serves the next, and nobody reads another's.</summary>
public class WideFitTests
{
    private const int Columns = 150;
    private static readonly double[,] X = SyntheticData.CorrelatedClouds(800, Columns, 2, seed: 3, separation: 0.5);

    public static TheoryData<Acceleration> Accelerations => [Acceleration.None, Acceleration.Anderson, Acceleration.Squarem];

    [Fact]
    public void Fit_OfMoreIterations_TakesNoMoreMemory()
    {
        Estimator(3).Fit(X);
        long few = Allocated(10);
        long many = Allocated(50);

        // Two arrays of 150 · 151 / 2 doubles for each of two components.
        long perIteration = (many - few) / 40;
        perIteration.Should().BeLessThan(2 * 2 * Columns * (Columns + 1) / 2 * sizeof(double) / 4);
    }

    [Theory]
    [MemberData(nameof(Accelerations))]
    public void Fit_Accelerated_NeverFallsAndEndsWhereAnotherFromThereStays(Acceleration acceleration)
    {
        GaussianMixtureModel end = (Estimator(200) with { Acceleration = acceleration, Tolerance = 1e-9, VarianceFloor = 1e-6 }).Fit(X);

        FitReport report = end.Report!;
        report.ShouldNeverFall();
        end.LogLikelihood(X).Should().BeApproximately(report.LogLikelihood, 1e-9 * Math.Abs(report.LogLikelihood));
        From(end, 1).Report!.LogLikelihood
            .Should().BeApproximately(report.LogLikelihood, 1e-6 * X.GetLength(0));
    }

    [Fact]
    public void Fit_InOneGo_EqualsIterationsThatHaveNothingToTakeAgain()
    {
        GaussianMixtureModel start = Estimator(1).Fit(X);
        GaussianMixtureModel chained = start;
        for (int iteration = 0; iteration < 10; iteration++)
        {
            chained = From(chained, 1);
        }

        From(start, 10).ShouldEqual(chained, 1e-10);
    }

    private static GaussianMixtureModel From(GaussianMixtureModel start, int iterations) =>
        (Estimator(iterations) with { Initialization = Initialization.FromModel(start) }).Fit(X);

    private static GaussianMixture Estimator(int iterations) => new(2)
    {
        Initialization = Initialization.RandomResponsibilities,
        MaxIterations = iterations,
        Tolerance = 0,
        VarianceFloor = 0,
        MaxDegreeOfParallelism = 1,
    };

    private static long Allocated(int iterations)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Estimator(iterations).Fit(X);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
