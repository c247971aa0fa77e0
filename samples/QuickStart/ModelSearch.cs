using GaussianMixtures;
using MathNet.Numerics.LinearAlgebra;

namespace QuickStart;

/// <summary>A fitted mixture and its BIC on the data it was fitted to.</summary>
internal sealed record Candidate(GaussianMixtureModel Model, double Bic)
{
    /// <summary>Whether the fit had to hold a component above the variance floor, which makes its BIC meaningless.</summary>
    public bool IsDegenerate => Model.Report!.Diagnostics.Count > 0;
}

/// <summary>Fits every combination of covariance type and number of components, to be compared by BIC.</summary>
internal static class ModelSearch
{
    public static readonly IReadOnlyList<CovarianceType> Types =
        [CovarianceType.Full, CovarianceType.Tied, CovarianceType.Diagonal, CovarianceType.Spherical];

    public static readonly IReadOnlyList<int> Components = [1, 2, 3, 4, 5, 6];

    public static int Count => Types.Count * Components.Count;

    public static IReadOnlyList<Candidate> Run(Matrix<double> x, SearchDisplay display, CancellationToken cancellation)
    {
        List<Candidate> candidates = [];
        foreach (CovarianceType type in Types)
        {
            foreach (int components in Components)
            {
                GaussianMixture estimator = new(components) { CovarianceType = type, Restarts = 10, Seed = 0 };
                display.Begin(type, components);
                GaussianMixtureModel model = estimator.Fit(x, progress: display, cancellationToken: cancellation);
                candidates.Add(new Candidate(model, model.Bic(x)));
            }
        }

        return candidates;
    }

    /// <summary>The lowest BIC among the fits without a degenerate component; among all where there is no such fit.</summary>
    public static Candidate Best(IReadOnlyList<Candidate> candidates) =>
        candidates.OrderBy(candidate => candidate.IsDegenerate).ThenBy(candidate => candidate.Bic).First();
}
