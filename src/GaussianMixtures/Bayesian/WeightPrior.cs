using GaussianMixtures.Bayesian;
using GaussianMixtures.Data;

namespace GaussianMixtures;

/// <summary>What is believed of a mixture's weights before the data are seen. Immutable.</summary>
public abstract class WeightPrior
{
    private protected WeightPrior(double concentration)
    {
        Concentration = concentration;
    }

    /// <summary>The prior's concentration, positive: the lower, the fewer components are expected to be used.</summary>
    public double Concentration { get; }

    /// <summary>
    /// A symmetric Dirichlet distribution over k weights, with density ∝ Π_j w_j^(concentration − 1) (Bishop 2006, section 10.2).
    /// </summary>
    /// <param name="concentration">α, finite and positive: as if each component had been seen α times. Below 1 it prefers few components.</param>
    /// <exception cref="ArgumentOutOfRangeException">concentration is not positive, or not finite.</exception>
    public static WeightPrior Dirichlet(double concentration) => new DirichletPrior(Checked(concentration));

    /// <summary>
    /// A Dirichlet process, written as a stick that is broken again and again: w_j = v_j Π_{l&lt;j} (1 − v_l), v_j ~ Beta(1,
    /// concentration). The number of components has no limit; those beyond k are left out of the posterior (Blei &amp; Jordan 2006,
    /// doi:10.1214/06-BA104).
    /// </summary>
    /// <param name="concentration">γ, finite and positive: about γ·log n components are expected.</param>
    /// <exception cref="ArgumentOutOfRangeException">concentration is not positive, or not finite.</exception>
    public static WeightPrior DirichletProcess(double concentration) => new StickBreakingPrior(Checked(concentration));

    /// <summary>The posterior, given the observations that each component accounts for.</summary>
    /// <param name="counts">N_j.</param>
    /// <param name="order">The components in the order of the sticks.</param>
    internal abstract WeightPosterior Posterior(double[] counts, int[] order);

    private static double Checked(double concentration) => concentration > 0 && double.IsFinite(concentration)
        ? concentration
        : throw Refuse.OutOfRange(nameof(concentration), concentration,
            $"concentration is {concentration}. Use a finite number above 0, for example 1 / components.");
}
