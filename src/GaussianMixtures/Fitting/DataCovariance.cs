using GaussianMixtures.Covariances;
using GaussianMixtures.Data;
using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Fitting;

/// <summary>The covariance of all the data, in the form that a covariance type gives to a single component.</summary>
internal static class DataCovariance
{
    /// <summary>
    /// The least variance in any direction, as a share of the columns' own: far below it a matrix of doubles knows nothing.
    /// </summary>
    public const double LeastVariance = 1e-8;

    /// <summary>
    /// Σ w (x − m)(x − m)ᵀ / (n − 1), where n = Σ w; with fewer than two observations, whose n − 1 says little, / (n / 2). In the
    /// engine's units.
    /// </summary>
    /// <param name="data">The rows.</param>
    /// <param name="scale">The columns' standard deviations, positive.</param>
    /// <param name="weightUnit">What the weights have to be multiplied by to be counts.</param>
    /// <param name="type">The type.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="raised">The columns in, or among, which the data have less than <see cref="LeastVariance"/>, and are given it.</param>
    /// <param name="cancellationToken">Stops within one block.</param>
    public static Covariance Of(PackedData data, double[] scale, double weightUnit, CovarianceType type, Workers workers,
        out int[] raised, CancellationToken cancellationToken)
    {
        ExpectationPass pass = new(data, 1, workers);
        MixtureStatistics statistics = pass.Run(new EqualShares(1), type.ScatterShape, new double[data.Dimension], cancellationToken);
        statistics.Multiply(weightUnit);
        statistics.Shape.Recentre(statistics);
        double n = statistics.TotalWeight;
        ComponentScatters scatters = new(statistics.Shape, data.Dimension, [Math.Max(n - 1, n / 2)], statistics.ScatterMemory);
        return type.Estimate(scatters)[0].Constrain(new VarianceFloor(LeastVariance, scale), out raised);
    }
}
