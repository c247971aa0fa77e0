using GaussianMixtures.Kernels;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Priors;

/// <summary>
/// The conjugate prior of a mixture's means and precisions, in the engine's units: μ_j | Λ_j ~ N(m₀, (κ Λ_j)⁻¹), and the Λ_j as
/// <see cref="ConjugateCovariance"/> says, with ν₀ degrees of freedom and scale matrix C₀.
/// </summary>
internal sealed class GaussianWishart(ConjugateCovariance spread, double[] mean, double meanPrecision, double degreesOfFreedom, Covariance scale)
{
    private readonly double[] _scale = scale.ToTriangle();

    /// <summary>How the precisions' prior is spread over components.</summary>
    public ConjugateCovariance Spread => spread;

    /// <summary>κ, the number of observations that m₀ counts for.</summary>
    public double MeanPrecision => meanPrecision;

    /// <summary>ν₀.</summary>
    public double DegreesOfFreedom => degreesOfFreedom;

    /// <summary>C₀.</summary>
    public Covariance Scale => scale;

    /// <summary>m₀ for each of the components, k x d.</summary>
    public double[] MeansOf(int components)
    {
        double[] means = new double[components * mean.Length];
        for (int j = 0; j < components; j++)
        {
            mean.CopyTo(means, j * mean.Length);
        }

        return means;
    }

    /// <summary>(κ m₀ + N_j x̄_j) / (κ + N_j), given the components' own means x̄_j; where nothing counts, what is given.</summary>
    public double[] Shrink(double[] sampleMeans, ReadOnlySpan<double> counts)
    {
        double[] means = (double[])sampleMeans.Clone();
        for (int at = 0; at < means.Length; at++)
        {
            double count = counts[at / mean.Length];
            double prior = mean[at % mean.Length];
            means[at] += meanPrecision > 0 ? meanPrecision / (meanPrecision + count) * (prior - sampleMeans[at]) : 0;
        }

        return means;
    }

    /// <summary>Adds κN_j/(κ + N_j) (x̄_j − m₀)(x̄_j − m₀)ᵀ and the component's share of C₀ to scatters about the means x̄_j.</summary>
    public void AddTo(MixtureStatistics statistics, double[] sampleMeans)
    {
        int d = statistics.Dimension;
        double share = spread.Share(statistics.Components, d);
        double[] difference = new double[d];
        for (int j = 0; j < statistics.Components; j++)
        {
            Span<double> scatter = statistics.Scatter[statistics.Shape.Slice(j, d)];
            double count = statistics.Weights[j];
            if (count > 0)
            {
                Subtract(sampleMeans.AsSpan(j * d, d), difference);
                statistics.Shape.AddSquare(difference, meanPrecision / (meanPrecision + count) * count, scatter);
            }

            statistics.Shape.Project(_scale, d, share, scatter);
        }
    }

    /// <summary>(m − m₀)ᵀ Σ⁻¹ (m − m₀).</summary>
    public double SquaredDistance(ReadOnlySpan<double> point, Covariance covariance)
    {
        double[] difference = new double[point.Length];
        double[] whitened = new double[point.Length];
        Subtract(point, difference);
        covariance.Whiten(difference, whitened);
        return VectorKernels.Best.Dot(whitened, whitened);
    }

    /// <summary>The divergence of a mean's posterior, μ | Λ ~ N(m, (β Λ)⁻¹) with E Λ = Σ⁻¹, from its prior.</summary>
    public double MeanDivergence(ReadOnlySpan<double> m, double beta, Covariance covariance) =>
        0.5 * ((m.Length * ((meanPrecision / beta) - 1 + Math.Log(beta / meanPrecision))) + (meanPrecision * SquaredDistance(m, covariance)));

    private void Subtract(ReadOnlySpan<double> point, Span<double> difference)
    {
        for (int i = 0; i < difference.Length; i++)
        {
            difference[i] = point[i] - mean[i];
        }
    }
}
