namespace GaussianMixtures.Priors;

/// <summary>EEI: each column's precision, the same in all components, is gamma distributed.</summary>
internal sealed class SharedGammaPerColumn : ConjugateCovariance
{
    public override int WishartDimension(int dimension) => 1;

    public override double Share(int components, int dimension) => 1.0 / components;
}
