using GaussianMixtures;
using MathNet.Numerics.LinearAlgebra;

namespace HowManyClusters;

/// <summary>What BIC, ICL and a Dirichlet process say of the same rows.</summary>
internal sealed record Answers(IReadOnlyList<Candidate> Candidates, BayesianGaussianMixtureModel Process)
{
    /// <summary>A component below this weight is one that the process does not use.</summary>
    private const double Threshold = 0.01;

    public int ByBic => Candidates.MinBy(candidate => candidate.Bic)!.Components;

    public int ByIcl => Candidates.MinBy(candidate => candidate.Icl)!.Components;

    public int ByProcess => Process.EffectiveComponents(Threshold);

    public static Answers Of(Matrix<double> rows)
    {
        // The criteria compare fits of every size; lower is better. One search yields both.
        ModelSelectionResult search = new ModelSelection
        {
            Components = Enumerable.Range(1, 6),
            CovarianceTypes = [CovarianceType.Full],
            Estimator = new GaussianMixture(components: 1) { Restarts = 10 },
        }.Fit(rows);

        // The process is fitted once, with more components than anyone expects, and leaves the rest empty.
        BayesianGaussianMixtureModel process = new BayesianGaussianMixture(components: 15) { Restarts = 10 }.Fit(rows);
        return new Answers(search.Candidates, process);
    }
}
