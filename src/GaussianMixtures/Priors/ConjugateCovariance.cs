namespace GaussianMixtures.Priors;

/// <summary>
/// How the conjugate prior of a covariance type's precisions is spread: Wishart distributions of some dimension, so many for all components
/// together. Two numbers say which, and all else follows from them.
/// </summary>
/// <remarks>
/// A component's scatter takes a share s of the prior's scale matrix, and its weight N_j as much of the prior's degrees of freedom:
/// 1 where it has Wishart distributions of its own, 1/k of one shared by k components, 1/d of one that stands for d columns.
/// </remarks>
internal abstract class ConjugateCovariance
{
    /// <summary>p, the dimension of each of the Wishart distributions.</summary>
    public abstract int WishartDimension(int dimension);

    /// <summary>s, the share of the prior that one component takes.</summary>
    public abstract double Share(int components, int dimension);
}
