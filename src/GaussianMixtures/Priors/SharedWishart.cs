namespace GaussianMixtures.Priors;

/// <summary>Tied: the one precision is a Wishart matrix, and every observation counts for it: ν = ν₀ + n.</summary>
internal sealed class SharedWishart : ConjugatePrecision
{
    public override int WishartDimension(int dimension) => dimension;

    public override double Share(int components, int dimension) => 1.0 / components;

    public override double[] DegreesOfFreedom(double prior, double[] counts, int dimension)
    {
        double shared = prior + counts.Sum();
        return Array.ConvertAll(counts, _ => shared);
    }
}
