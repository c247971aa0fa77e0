using GaussianMixtures.Statistics;

namespace GaussianMixtures.Priors;

/// <summary>
/// The mode of the conjugate posterior in (μ, Σ): the prior's density adds to each component's scatter what
/// <see cref="GaussianWishart.AddTo"/> says, and to its weight what <see cref="ConjugateCovariance.AddedWeight"/> does.
/// </summary>
/// <param name="prior">In the engine's units.</param>
/// <param name="weightUnit">What the engine's observation weights have to be multiplied by to be counts.</param>
internal sealed class ConjugateMomentPrior(GaussianWishart prior, double weightUnit) : MomentPrior
{
    public override string OfEmpty => "it is as the prior alone would have it";

    public override (double[] Means, ComponentScatters Scatters) Penalize(MixtureStatistics statistics, double[] formerMeans,
        ITriangles former)
    {
        statistics.Multiply(weightUnit);
        double[] counts = statistics.Weights.ToArray();
        double[] sampleMeans = statistics.Means(formerMeans);
        statistics.Shape.Recentre(statistics);
        prior.AddTo(statistics, sampleMeans);
        double added = AddedWeight(counts.Length, statistics.Dimension);
        return (prior.Shrink(sampleMeans, counts), new ComponentScatters(statistics.Shape, statistics.Dimension,
            Array.ConvertAll(counts, count => count + added), statistics.ScatterMemory, statistics.Arrays));
    }

    /// <remarks>The volume is counted in units of the prior's, so that the density does not depend on the data's units.</remarks>
    public override double LogDensity(ReadOnlySpan<double> mean, Covariance covariance, int components)
    {
        double share = prior.Spread.Share(components, covariance.Dimension);
        double volume = AddedWeight(components, covariance.Dimension) * (covariance.LogDeterminant - prior.Scale.LogDeterminant);
        double distances = (prior.MeanPrecision * prior.SquaredDistance(mean, covariance)) + (share * covariance.TraceOfInverseTimes(prior.Scale));
        return -0.5 * (volume + distances) / weightUnit;
    }

    private double AddedWeight(int components, int dimension) =>
        prior.Spread.AddedWeight(prior.DegreesOfFreedom, prior.MeanPrecision > 0 ? 1 : 0, components, dimension);
}
