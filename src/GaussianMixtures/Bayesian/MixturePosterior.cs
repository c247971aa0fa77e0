using GaussianMixtures.Covariances;
using GaussianMixtures.Data;
using GaussianMixtures.Priors;
using GaussianMixtures.Scoring;

namespace GaussianMixtures.Bayesian;

/// <summary>
/// The variational posterior of a mixture: of the weights as <see cref="WeightPosterior"/> says, of means and precisions
/// μ_j | Λ_j ~ N(m_j, (β_j Λ_j)⁻¹) and Wishart, with E Λ_j = Σ_j⁻¹. Its expected weights, means and covariances are those of a mixture;
/// to the E-step it differs from that in the log weights alone.
/// </summary>
internal sealed record MixturePosterior(WeightPosterior WeightPosterior, ConjugatePrecision Precision, double[] MeanPrecisions,
    double[] DegreesOfFreedom, int Dimension, double[] Means, ComponentCovariances Covariances)
    : MixtureParameters(Dimension, WeightPosterior.ExpectedWeights, Means, Covariances)
{
    /// <summary>
    /// E ln w_j + ½ (E ln|Λ_j| + ln|Σ_j|) − ½ d/β_j: with the log density of N(x; m_j, Σ_j), the expected log density of x and component
    /// j (Bishop 2006, eq. 10.46, 10.64 to 10.66).
    /// </summary>
    public override void WriteLogWeights(Span<double> logWeights)
    {
        WeightPosterior.ExpectedLogWeights.CopyTo(logWeights);
        for (int j = 0; j < logWeights.Length; j++)
        {
            logWeights[j] += 0.5 * (Precision.LogDeterminantBias(DegreesOfFreedom[j], Dimension) - (Dimension / MeanPrecisions[j]));
        }
    }

    public override MixtureParameters AsCertain => new(Dimension, Weights, Means, Covariances);

    public override MixturePosterior Pack(Packing packing) => (MixturePosterior)base.Pack(packing);

    public override MixturePosterior Unpack(Packing packing) => (MixturePosterior)base.Unpack(packing);

    public override MixturePosterior Reorder(int[] order)
    {
        WeightPosterior weightPosterior = WeightPosterior.Reorder(order);
        return (MixturePosterior)base.Reorder(order) with
        {
            WeightPosterior = weightPosterior,
            Weights = weightPosterior.ExpectedWeights,
            MeanPrecisions = Array.ConvertAll(order, j => MeanPrecisions[j]),
            DegreesOfFreedom = Array.ConvertAll(order, j => DegreesOfFreedom[j]),
        };
    }
}
