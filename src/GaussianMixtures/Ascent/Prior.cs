using GaussianMixtures.Ascents;
using GaussianMixtures.Data;
using GaussianMixtures.Initializations;
using GaussianMixtures.Priors;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>
/// What is believed of a mixture's means and covariances before the data are seen. With a prior, a fit finds the mode of the posterior
/// (MAP) in place of the maximum of the likelihood, which need not exist. Immutable.
/// </summary>
public abstract class Prior
{
    private protected Prior()
    {
    }

    /// <summary>Nothing: maximum likelihood.</summary>
    public static Prior None { get; } = new NoPrior();

    /// <summary>
    /// The conjugate prior of Fraley &amp; Raftery (2007, doi:10.1007/s00357-007-0004-5): μ_j | Σ_j ~ N(mean, Σ_j / shrinkage), and Σ_j inverse
    /// Wishart; for Diagonal and EEI each variance, and for Spherical and EII the one, inverse gamma with shape ν/2 and rate scale/2; what
    /// components share has one density. And for VEI, EVI, EEV and VEV, where components share a part, mclust's, as said below. So weak by
    /// default that it shows only where a component would collapse.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The density for VEI, EVI, EEV and VEV is exp −½ Σ_j [a_j log|Σ_j| + κ (μ_j − mean)ᵀ Σ_j⁻¹ (μ_j − mean) + tr(Σ_j⁻¹ scale)], κ the
    /// shrinkage: a_j is (ν + 2 + m) / d for VEI, (ν + 1 + m) / k for EVI and (ν + d + 1 + m) / k for EEV, with m = 1 where κ is above 0,
    /// else 0. For VEV it is 0 (1e-10, so as to stay finite) whatever ν is: nothing but observations limits its volumes, and a component
    /// that loses all of them becomes very wide. VEE, EVE, VVE and EVV have no such prior, and a fit refuses them.
    /// </para>
    /// <para>
    /// The modes are those of mclust, save two where its EM (versions 6.0.0 and 6.1.3) ends elsewhere than at the density's mode: for EII it
    /// leaves the scale out, and for EEI it does not shrink the means and divides by n + ν + 1 + m, where the mode has n + ν + 2 + m·k.
    /// </para>
    /// </remarks>
    /// <param name="shrinkage">The number of observations the mean counts for, finite and not negative; 0 leaves the means alone.</param>
    /// <param name="mean">d values in data units; null for the data's mean. Copied.</param>
    /// <param name="degreesOfFreedom">ν, above d − 1 (types without orientation, EII to VVI: above 0); null for d + 2.</param>
    /// <param name="scale">
    /// d x d in squared data units, symmetric and positive definite; EEI, VEI, EVI and Diagonal use its diagonal, EII and Spherical the mean of
    /// that. Null for the data's covariance (its diagonal, if there are no more rows than columns) over k^(2/d); for types without orientation,
    /// EII to VVI, as in mclust, the columns' mean variance over k^(2/d), so that with columns of different units you will want your own. Copied.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">shrinkage is negative or not finite; degreesOfFreedom is not positive or not finite.</exception>
    public static Prior Conjugate(double shrinkage = 0.01, Vector<double>? mean = null, double? degreesOfFreedom = null,
        Matrix<double>? scale = null)
    {
        if (!(shrinkage >= 0) || !double.IsFinite(shrinkage))
        {
            throw Refuse.OutOfRange(nameof(shrinkage), shrinkage, $"shrinkage is {shrinkage}. Use a finite number that is not negative.");
        }

        if (degreesOfFreedom is double given && !(given > 0 && double.IsFinite(given)))
        {
            throw Refuse.OutOfRange(nameof(degreesOfFreedom), given, $"degreesOfFreedom is {given}. Use a finite number above 0, or null for d + 2.");
        }

        return new ConjugatePrior(shrinkage, mean?.Clone(), degreesOfFreedom, scale?.Clone());
    }

    /// <summary>The prior as the M-step meets it.</summary>
    /// <exception cref="ArgumentException">It is not defined for the type, or does not fit the data's columns.</exception>
    internal abstract MomentPrior For(FitData data, CovarianceType type, int components, Workers workers, CancellationToken cancellationToken);
}
