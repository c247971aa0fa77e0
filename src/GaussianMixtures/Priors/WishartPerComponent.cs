namespace GaussianMixtures.Priors;

/// <summary>Full: each component's precision is a Wishart matrix of its own, Λ_j ~ W(ν_j).</summary>
internal sealed class WishartPerComponent : ConjugatePrecision
{
    public override int WishartDimension(int dimension) => dimension;

    public override double Share(int components, int dimension) => 1;

    public override double[] DegreesOfFreedom(double prior, double[] counts, int dimension) =>
        Array.ConvertAll(counts, count => prior + count);
}
