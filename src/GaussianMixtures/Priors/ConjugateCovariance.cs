namespace GaussianMixtures.Priors;

/// <summary>
/// How the conjugate prior of a covariance type's precisions is spread over the components: how much of its scale matrix each one's scatter
/// takes, and how much more its volume counts. Where it is a product of Wishart distributions of some dimension, two numbers say all.
/// </summary>
/// <remarks>
/// A component's scatter takes a share s of the prior's scale matrix, and its weight N_j as much of the prior's degrees of freedom:
/// 1 where it has Wishart distributions of its own, 1/k of one shared by k components, 1/d of one that stands for d columns.
/// </remarks>
internal abstract class ConjugateCovariance
{
    /// <summary>p, the dimension of each of the Wishart distributions: 1 where the type's axes are the columns, else d.</summary>
    public abstract int WishartDimension(int dimension);

    /// <summary>s, the share of the prior that one component takes.</summary>
    public abstract double Share(int components, int dimension);

    /// <summary>
    /// a_j: how much more a component's log-determinant counts in the mode than its observations say. Where the precisions are Wishart
    /// distributed, 1 for the mean, if that has a prior, and s·(ν₀ + p + 1) for the covariance.
    /// </summary>
    /// <param name="degreesOfFreedom">ν₀.</param>
    /// <param name="meanDensities">1 where the means have a prior too, else 0.</param>
    /// <param name="components">k.</param>
    /// <param name="dimension">d.</param>
    public virtual double AddedWeight(double degreesOfFreedom, int meanDensities, int components, int dimension) =>
        meanDensities + (Share(components, dimension) * (degreesOfFreedom + WishartDimension(dimension) + 1));
}
