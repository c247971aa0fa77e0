namespace GaussianMixtures.Priors;

/// <summary>
/// Spherical: each component has one precision, gamma distributed with shape ν_j/2, to which each of an observation's d values
/// counts: ν_j = ν₀ + d·N_j.
/// </summary>
internal sealed class GammaPerComponent : ConjugatePrecision
{
    public override int WishartDimension(int dimension) => 1;

    public override double Share(int components, int dimension) => 1.0 / dimension;

    public override double[] DegreesOfFreedom(double prior, double[] counts, int dimension) =>
        Array.ConvertAll(counts, count => prior + (dimension * count));
}
