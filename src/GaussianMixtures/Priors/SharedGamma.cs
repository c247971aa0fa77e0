namespace GaussianMixtures.Priors;

/// <summary>EII: one precision for all components and columns is gamma distributed.</summary>
internal sealed class SharedGamma : ConjugateCovariance
{
    public override int WishartDimension(int dimension) => 1;

    public override double Share(int components, int dimension) => 1.0 / components / dimension;
}
