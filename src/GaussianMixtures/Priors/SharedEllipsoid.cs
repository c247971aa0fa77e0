namespace GaussianMixtures.Priors;

/// <summary>EEV: the one determinant has the density |Σ|^(−(ν₀ + d + 1 + m)/2), m of it for the means: k components share it out.</summary>
internal sealed class SharedEllipsoid : VolumePrior
{
    public override int WishartDimension(int dimension) => dimension;

    public override double AddedWeight(double degreesOfFreedom, int meanDensities, int components, int dimension) =>
        (degreesOfFreedom + dimension + 1 + meanDensities) / components;
}
