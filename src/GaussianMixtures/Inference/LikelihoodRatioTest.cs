using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>
/// Are k components enough, or does one more describe the data better than chance would? The likelihood ratio of k against k + 1
/// components has no χ² distribution (k lies on the boundary of k + 1), so its distribution is drawn: McLachlan 1987,
/// doi:10.2307/2347790.
/// </summary>
public static class LikelihoodRatioTest
{
    /// <summary>
    /// Tests k components against k + 1: the statistic is 2·(ll_{k+1} − ll_k); replicates of the data are drawn from the fitted
    /// mixture of k components, and each has its own statistic. Small p-values speak for k + 1.
    /// </summary>
    /// <remarks>
    /// The data and the replicates are fitted alike, so a poor local maximum now and then costs power, not the level. The statistic is
    /// that of the maxima found: another start may find higher ones, for the data and the replicates.
    /// </remarks>
    /// <param name="x">n x d.</param>
    /// <param name="components">k, at least 1.</param>
    /// <param name="covarianceType">The covariance type of both mixtures; <see cref="CovarianceType.Full"/> where null.</param>
    /// <param name="replicates">How many data sets to draw, at least 1: p-values are multiples of 1 / (replicates + 1).</param>
    /// <param name="seed">The same seed gives the same answer, for any number of threads.</param>
    /// <param name="estimator">
    /// How each mixture is fitted: starts, stopping, threads; its components, covariance type and seed are not used. Where null,
    /// fits start from <see cref="Initialization.Hierarchical"/>, so that the statistic does not depend on a seed.
    /// </param>
    /// <param name="cancellationToken">Stops the test within one iteration of a fit.</param>
    /// <exception cref="ArgumentNullException">x is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">components or replicates is below 1.</exception>
    /// <exception cref="ArgumentException">x has fewer rows than k + 1, or holds NaN or infinity (row and column are named).</exception>
    /// <exception cref="OperationCanceledException">cancellationToken was cancelled.</exception>
    public static LikelihoodRatioTestResult Bootstrap(Observations x, int components, CovarianceType? covarianceType = null,
        int replicates = 999, int seed = 0, GaussianMixture? estimator = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (components is < 1 or int.MaxValue)
        {
            throw Refuse.OutOfRange(nameof(components), components, $"components is {components}. Test at least 1 against one more.");
        }

        if (replicates < 1)
        {
            throw Refuse.OutOfRange(nameof(replicates), replicates, $"replicates is {replicates}. Draw at least 1, better 99 or more.");
        }

        GaussianMixture smaller = (estimator ?? new GaussianMixture(components) { Initialization = Initialization.Hierarchical }) with
        {
            Components = components,
            CovarianceType = covarianceType ?? CovarianceType.Full,
            Seed = seed,
        };
        int? degree = smaller.MaxDegreeOfParallelism;
        Nested observed = Nested.Fit(smaller, x, cancellationToken);
        GaussianMixture alone = smaller with { MaxDegreeOfParallelism = Workers.Share(replicates, degree) };
        double[] statistics = new double[replicates];
        using Workers workers = new(degree);
        workers.For(replicates, replicate =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            int own = RandomStream.Seed(seed, replicate, RandomPurpose.Replicate);
            Matrix<double> drawn = observed.Smaller.Sample(checked((int)x.Count), own).Observations;
            statistics[replicate] = Nested.Fit(alone with { Seed = own }, drawn, cancellationToken).Statistic;
        }, cancellationToken);
        return new LikelihoodRatioTestResult(observed.Smaller, observed.Larger, observed.Statistic, statistics);
    }

    /// <summary>Mixtures of k and of k + 1 components, fitted to the same rows.</summary>
    private sealed record Nested(GaussianMixtureModel Smaller, GaussianMixtureModel Larger)
    {
        /// <summary>A mixture of k components is one of k + 1 with a component twice: below 0 the larger maximum was not found.</summary>
        public double Statistic => Math.Max(0, 2 * (Larger.Report!.LogLikelihood - Smaller.Report!.LogLikelihood));

        public static Nested Fit(GaussianMixture estimator, Observations x, CancellationToken cancellationToken) => new(
            estimator.Fit(x, cancellationToken: cancellationToken),
            (estimator with { Components = estimator.Components + 1 }).Fit(x, cancellationToken: cancellationToken));
    }
}
