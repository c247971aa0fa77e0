namespace GaussianMixtures.Priors;

/// <summary>
/// The prior of a type whose components share some of volume, shape and orientation but not all, for which no product of Wishart distributions
/// is conjugate. Its logarithm is −½ Σ_j (a_j log|Σ_j| + κ (μ_j − m₀)ᵀ Σ_j⁻¹ (μ_j − m₀) + tr(Σ_j⁻¹ C₀)): every component takes the whole scale
/// matrix, so that none can collapse, and how much the volumes count, a_j, is each type's own. It is the density whose mode mclust's EM finds.
/// </summary>
internal abstract class VolumePrior : ConjugateCovariance
{
    public sealed override double Share(int components, int dimension) => 1;

    public abstract override double AddedWeight(double degreesOfFreedom, int meanDensities, int components, int dimension);
}
