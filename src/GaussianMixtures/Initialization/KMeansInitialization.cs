using GaussianMixtures.Fitting;
using GaussianMixtures.Kernels;
using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Initializations;

/// <summary>
/// k-means++ seeds, then Lloyd's algorithm on the sample: the EM loop with hard assignment and an M-step that only moves the
/// centroids. At last one pass over all the data counts each row to its nearest centroid.
/// </summary>
internal sealed class KMeansInitialization(int maxIterations) : Initialization
{
    /// <summary>Squared standardised distance per row still to gain at which the centroids are good enough to start from.</summary>
    private const double Tolerance = 1e-6;

    protected internal override MixtureStart CreateStart(InitializationContext context)
    {
        FitProblem problem = context.Problem;
        CentroidsKey key = new(maxIterations, problem.Components, problem.CovarianceType.IsColumnScaleFree, context.Seed, context.Restart);
        double[] centroids = context.Data.Known(key, () => Centroids(context));
        return new ParametersStart(MeansStart.NearestTo(centroids, problem, context.CancellationToken));
    }

    private double[] Centroids(InitializationContext context)
    {
        FitProblem problem = context.Problem;
        Covariance metric = problem.Metric;
        // Greedy seeds nearly always lead to the same clusters: best for one start, but further ones should differ.
        int candidates = context.Restart == 0 ? 2 + (int)Math.Log(problem.Components) : 1;
        Random random = RandomStream.At(context.Seed, context.Restart, RandomPurpose.Start);
        double[] seeds = Seeding.Draw(context.Sample, metric, problem.Components, candidates, random, context.CancellationToken);

        double totalWeight = context.Sample.Weights.Sum();
        ExpectationPass pass = new(context.Sample.Data, problem.Components, problem.Workers);
        EmLoop lloyd = new(pass, (parameters, arrays) => new HardAssignment(LogDensities.Of(parameters, arrays)), new CentroidUpdate(),
            new Convergence(Tolerance * totalWeight), maxIterations);
        return lloyd.Run(problem.Around(seeds, metric), null, context.CancellationToken).Estimate.Parameters.Means;
    }

    /// <summary>All that the centroids depend on: fits of other families find the same, unless they look at columns in another metric.</summary>
    private sealed record CentroidsKey(int MaxIterations, int Components, bool IsColumnScaleFree, int Seed, int Restart);

    /// <summary>Lloyd's M-step: each centroid moves to the mean of its rows; one without rows stays. Weights and metric are fixed.</summary>
    private sealed class CentroidUpdate : Maximization
    {
        public override ScatterShape ScatterShape => ScatterShape.None;

        public override Estimate Update(MixtureStatistics statistics, MixtureParameters current) =>
            new(current with { Means = statistics.Means(current.Means) }, []);
    }
}
