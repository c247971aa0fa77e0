namespace GaussianMixtures.Priors;

/// <summary>VEV: the volumes have a flat density, whatever the degrees of freedom.</summary>
internal sealed class SharedShape : VolumePrior
{
    /// <summary>
    /// Without any weight a component that loses its last observation would grow without end. This holds it to 1e10 times the prior's
    /// variance; of a component that accounts for one observation it takes less than what EM leaves open.
    /// </summary>
    private const double Least = 1e-10;

    public override int WishartDimension(int dimension) => dimension;

    public override double AddedWeight(double degreesOfFreedom, int meanDensities, int components, int dimension) => Least;
}
