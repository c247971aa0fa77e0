namespace GaussianMixtures.Priors;

/// <summary>EVI: the one volume λ has the density λ^(−(ν₀ + 1 + m)·d/2), m of it for the means: k components share it out.</summary>
internal sealed class SharedVolumePerColumn : VolumePrior
{
    public override int WishartDimension(int dimension) => 1;

    public override double AddedWeight(double degreesOfFreedom, int meanDensities, int components, int dimension) =>
        (degreesOfFreedom + 1 + meanDensities) / components;
}
