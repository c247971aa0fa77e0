using GaussianMixtures.Data;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Priors;

/// <summary>What is known of means and covariances beside the data, as the M-step meets it: between statistics and estimate.</summary>
internal abstract class MomentPrior
{
    /// <summary>What becomes of a component that accounts for no observation.</summary>
    public abstract string OfEmpty { get; }

    /// <summary>The means, and the weights and scatters from which a family's estimate maximises the objective. Uses the statistics up.</summary>
    /// <param name="statistics">A pass.</param>
    /// <param name="formerMeans">The means before it, k x d.</param>
    /// <param name="former">The covariances before it.</param>
    public abstract (double[] Means, ComponentScatters Scatters) Penalize(MixtureStatistics statistics, double[] formerMeans,
        ITriangles former);

    /// <summary>The log density of one component's mean and covariance, but for a constant, in the engine's weights.</summary>
    public abstract double LogDensity(ReadOnlySpan<double> mean, Covariance covariance, int components);
}

/// <summary>Nothing is known: maximum likelihood.</summary>
internal sealed class NoMomentPrior : MomentPrior
{
    public override string OfEmpty => "it keeps its former mean and covariance";

    public override (double[] Means, ComponentScatters Scatters) Penalize(MixtureStatistics statistics, double[] formerMeans,
        ITriangles former)
    {
        double[] means = LoopArrays.Take(statistics.Arrays, formerMeans.Length);
        statistics.Means(formerMeans, means);
        return (means, ComponentScatters.Of(statistics, former));
    }

    public override double LogDensity(ReadOnlySpan<double> mean, Covariance covariance, int components) => 0;
}
