using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Priors;
using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Bayesian;

/// <summary>
/// The M-step of variational Bayes: the posterior of weights, means and precisions given the responsibilities, exact for each
/// covariance type (Bishop 2006, eq. 10.57 to 10.63, and their likes). The objective is the complete evidence lower bound: the E-step's log
/// normalisers less the divergence of the posterior from the prior.
/// </summary>
/// <param name="type">The covariance type.</param>
/// <param name="precision">The posterior of its precisions.</param>
/// <param name="weightPrior">The prior of the weights.</param>
/// <param name="prior">The prior of means and precisions, in the engine's units.</param>
internal sealed class VariationalUpdate(CovarianceType type, ConjugatePrecision precision, WeightPrior weightPrior, GaussianWishart prior)
    : Maximization
{
    /// <summary>Added to each component's empirical covariance before the prior enters, in the engine's units.</summary>
    public required double Ridge { get; init; }

    /// <summary>What the engine's observation weights have to be multiplied by to be counts.</summary>
    public required double WeightUnit { get; init; }

    /// <summary>The components in the order of the sticks, given their counts.</summary>
    public required Func<double[], int[]> StickOrder { get; init; }

    /// <summary>Threads.</summary>
    public required Workers Workers { get; init; }

    /// <summary>What is to be said of the priors.</summary>
    public required IReadOnlyList<FitDiagnostic> Diagnostics { get; init; }

    public override ScatterShape ScatterShape => type.ScatterShape;

    public override Estimate Update(MixtureStatistics statistics, MixtureParameters current)
    {
        int d = statistics.Dimension;
        statistics.Multiply(WeightUnit);
        double[] counts = statistics.Weights.ToArray();
        double[] sampleMeans = statistics.Means(prior.MeansOf(counts.Length));
        statistics.Shape.Recentre(statistics);
        AddRidge(statistics);
        prior.AddTo(statistics, sampleMeans);

        double share = prior.DegreesOfFreedom * precision.Share(counts.Length, d);
        ComponentScatters scatters = new(statistics.Shape, d, Array.ConvertAll(counts, count => count + share), statistics.ScatterMemory, statistics.Arrays);
        MixturePosterior posterior = new(weightPrior.Posterior(counts, StickOrder(counts)), precision,
            Array.ConvertAll(counts, count => prior.MeanPrecision + count),
            precision.DegreesOfFreedom(prior.DegreesOfFreedom, counts, d), d, prior.Shrink(sampleMeans, counts), type.Reestimate(scatters, current.Covariances));
        Factorize(posterior);
        return new Estimate(posterior, Diagnostics);
    }

    /// <summary>Plain parameters have no posterior: it is that of the responsibilities they lead to.</summary>
    public override MixtureParameters Admit(MixtureParameters start, Func<MixtureParameters> step) => step();

    /// <summary>Minus the divergence of the posterior from the prior, in the engine's weights.</summary>
    public override double LogPrior(MixtureParameters parameters)
    {
        // What the loop iterates on is what Update returned: starts are updates too.
        MixturePosterior posterior = (MixturePosterior)parameters;
        double[] divergences = new double[posterior.Components];
        ForFactors(Workers, posterior.Dimension).For(divergences.Length, j =>
            divergences[j] = prior.MeanDivergence(posterior.Mean(j), posterior.MeanPrecisions[j], posterior.Covariances[j])
                + precision.Divergence(posterior.DegreesOfFreedom[j], posterior.Covariances[j], prior.DegreesOfFreedom, prior.Scale,
                    posterior.Components));
        return -(posterior.WeightPosterior.Divergence + divergences.Sum()) / WeightUnit;
    }

    /// <summary>The log-determinant needs the factor, which a covariance then keeps.</summary>
    private void Factorize(MixturePosterior posterior) =>
        ForFactors(Workers, posterior.Dimension).For(posterior.SharesCovariance ? 1 : posterior.Components, j => _ = posterior.Covariances[j].LogDeterminant);

    private void AddRidge(MixtureStatistics statistics)
    {
        double[] ridge = [.. Enumerable.Repeat(Ridge, statistics.Dimension)];
        for (int j = 0; j < statistics.Components; j++)
        {
            statistics.Shape.AddDiagonal(ridge, statistics.Weights[j], statistics.Scatter[statistics.Shape.Slice(j, statistics.Dimension)]);
        }
    }
}
