namespace GaussianMixtures.Priors;

/// <summary>Diagonal: each column's precision in each component is gamma distributed, with shape ν_j/2, ν_j = ν₀ + N_j.</summary>
internal sealed class GammaPerColumn : ConjugatePrecision
{
    public override int WishartDimension(int dimension) => 1;

    public override double Share(int components, int dimension) => 1;

    public override double[] DegreesOfFreedom(double prior, double[] counts, int dimension) =>
        Array.ConvertAll(counts, count => prior + count);
}
