namespace GaussianMixtures.Priors;

/// <summary>VEI: each volume λ_j has the density λ_j^(−(ν₀ + 2 + m)/2), m of it for the mean, where an observation's is λ_j^(−d/2).</summary>
internal sealed class SharedShapePerColumn : VolumePrior
{
    public override int WishartDimension(int dimension) => 1;

    public override double AddedWeight(double degreesOfFreedom, int meanDensities, int components, int dimension) =>
        (degreesOfFreedom + 2 + meanDensities) / dimension;
}
