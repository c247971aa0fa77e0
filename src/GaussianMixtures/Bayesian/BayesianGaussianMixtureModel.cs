using GaussianMixtures.Bayesian;
using GaussianMixtures.Data;
using GaussianMixtures.Scoring;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>
/// A Gaussian mixture with the variational posterior of its parameters. As a mixture it is that of the expected weights, the expected
/// means and the inverses of the expected precisions: densities, samples and criteria are its. Memberships
/// (<see cref="GaussianMixtureModel.Predict(Observations)"/>, <see cref="GaussianMixtureModel.PredictProba(Observations)"/>) are the variational
/// ones, which know how sure each component is. Immutable.
/// </summary>
/// <remarks>
/// The density of scikit-learn's BayesianGaussianMixture.score_samples is that of the variational memberships; it does not integrate to 1.
/// JSON keeps the mixture, and not its posterior.
/// </remarks>
public sealed class BayesianGaussianMixtureModel : GaussianMixtureModel
{
    private readonly MixturePosterior _posterior;

    internal BayesianGaussianMixtureModel(MixturePosterior posterior, CovarianceType covarianceType, double lowerBound)
        : base(posterior, covarianceType)
    {
        _posterior = posterior;
        LowerBound = lowerBound;
    }

    internal BayesianGaussianMixtureModel(BayesianGaussianMixtureModel model, FitReport report)
        : base(model, report)
    {
        _posterior = model._posterior;
        LowerBound = model.LowerBound;
    }

    /// <summary>
    /// The posterior of the weights: for <see cref="WeightPrior.Dirichlet"/> k x 1, α_j = α + N_j; for <see cref="WeightPrior.DirichletProcess"/>
    /// k x 2, the Beta distributions of the sticks, a_j = 1 + N_j and b_j = γ + the N of later sticks. N_j is the weight of the observations
    /// that component j accounts for. A copy.
    /// </summary>
    /// <remarks>Sticks are broken in the order of the components: by decreasing N_j, unless the start gave another order.</remarks>
    public Matrix<double> WeightConcentrations => Matrix<double>.Build.DenseOfArray(_posterior.WeightPosterior.Concentrations);

    /// <summary>β_j = κ + N_j: given component j's precision Λ_j, its mean is distributed as N(m_j, (β_j Λ_j)⁻¹). k values, a copy.</summary>
    public Vector<double> MeanPrecisions => Vector<double>.Build.DenseOfArray(_posterior.MeanPrecisions);

    /// <summary>
    /// ν_j, k values: E Λ_j = Σ_j⁻¹, and for <see cref="CovarianceType.Full"/> Λ_j is a Wishart matrix of ν_j = ν₀ + N_j degrees of freedom; for
    /// <see cref="CovarianceType.Tied"/> one such matrix of ν₀ + n; for <see cref="CovarianceType.Diagonal"/> each column's precision is gamma
    /// distributed with shape ν_j/2, ν_j = ν₀ + N_j; for <see cref="CovarianceType.Spherical"/> the one precision is, with ν_j = ν₀ + d·N_j. A copy.
    /// </summary>
    public Vector<double> DegreesOfFreedom => Vector<double>.Build.DenseOfArray(_posterior.DegreesOfFreedom);

    /// <summary>
    /// The evidence lower bound of this posterior (Bishop 2006, eq. 10.70), complete with all constants: at most log p(x), the probability of
    /// the data under the priors. Comparable between different k and different priors on the same data.
    /// </summary>
    public double LowerBound { get; }

    /// <summary>The lower bound that each iteration began with. Without a ridge it never falls; <see cref="LowerBound"/> is one step further.</summary>
    public IReadOnlyList<double> LowerBoundTrace => Report!.LogLikelihoodTrace;

    /// <summary>The number of components whose weight is above a threshold.</summary>
    /// <param name="threshold">A weight, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">threshold is negative, 1 or more, or NaN.</exception>
    public int EffectiveComponents(double threshold = 0.01) => Kept(threshold).Length;

    /// <summary>The mixture of the components whose weight is above a threshold, their weights divided by their sum.</summary>
    /// <param name="threshold">A weight, from 0 to below 1.</param>
    /// <returns>A plain mixture, without posterior and report.</returns>
    /// <exception cref="ArgumentOutOfRangeException">threshold is negative, 1 or more, NaN, or not below any weight.</exception>
    public GaussianMixtureModel Prune(double threshold = 0.01)
    {
        int[] kept = Kept(threshold);
        if (kept.Length == 0)
        {
            throw Refuse.OutOfRange(nameof(threshold), threshold,
                $"threshold is {threshold}, and the highest weight {Parameters.Weights.Max()}: no component would remain. Lower the threshold.");
        }

        MixtureParameters remaining = Parameters.AsCertain.Reorder(kept);
        double total = remaining.Weights.Sum();
        return new GaussianMixtureModel(remaining with { Weights = Array.ConvertAll(remaining.Weights, weight => weight / total) }, CovarianceType);
    }

    private int[] Kept(double threshold) => threshold is >= 0 and < 1
        ? [.. Enumerable.Range(0, Components).Where(j => Parameters.Weights[j] > threshold)]
        : throw Refuse.OutOfRange(nameof(threshold), threshold, $"threshold is {threshold}. Use a weight from 0 to below 1, for example 0.01.");
}
