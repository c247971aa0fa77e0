using GaussianMixtures.Covariances;
using GaussianMixtures.Data;
using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Fitting;

/// <summary>
/// The M-step of EM: w_j = N_j / N, m_j the weighted mean, and the covariances as the family estimates them from the scatters,
/// plus the ridge, held above the floor.
/// </summary>
internal sealed class MaximumLikelihood(CovarianceType type, VarianceFloor floor, double ridge, int? degree) : Maximization
{
    /// <summary>Below this many columns a factorisation is not worth a thread.</summary>
    private const int WideEnoughForThreads = 64;

    public override ScatterShape ScatterShape => type.ScatterShape;

    public override Estimate Update(MixtureStatistics statistics, MixtureParameters current)
    {
        double total = statistics.TotalWeight;
        double[] weights = statistics.Weights.ToArray();
        double[] means = statistics.Means(current.Means);
        List<FitDiagnostic> diagnostics = [];
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] /= total;
            if (weights[j] <= ComponentScatters.Negligible)
            {
                diagnostics.Add(new FitDiagnostic(j, [.. Enumerable.Range(0, statistics.Dimension)],
                    "The component accounts for no observation: it keeps its former mean and covariance. Reduce the number of components."));
            }
        }

        ComponentScatters scatters = ComponentScatters.Of(statistics, j => current.Covariances[j].ToTriangle());
        IReadOnlyList<Covariance> estimates = Checked(type.Estimate(scatters), scatters);
        MixtureParameters estimate = new(statistics.Dimension, weights, means, estimates);
        return Constrain(estimate, covariance => ridge > 0 ? covariance.AddRidge(ridge) : covariance, diagnostics);
    }

    /// <summary>A start of the caller's, moved to where the floor allows: from there the likelihood cannot fall.</summary>
    public MixtureParameters Admit(MixtureParameters start) => Constrain(start, covariance => covariance, []).Parameters;

    /// <summary>The same for an extrapolated point; null where even so a covariance is degenerate.</summary>
    public MixtureParameters? TryAdmit(MixtureParameters proposal)
    {
        try
        {
            return Admit(proposal);
        }
        catch (DegenerateCovarianceException)
        {
            return null;
        }
    }

    private Estimate Constrain(MixtureParameters parameters, Func<Covariance, Covariance> adjust, List<FitDiagnostic> diagnostics)
    {
        int distinct = parameters.SharesCovariance ? 1 : parameters.Components;
        Covariance[] constrained = new Covariance[parameters.Components];
        IReadOnlyList<int>[] bound = new IReadOnlyList<int>[parameters.Components];
        Workers.For(distinct, parameters.Dimension < WideEnoughForThreads ? 1 : degree, j =>
        {
            constrained[j] = adjust(parameters.Covariances[j]);
            bound[j] = [];
            if (floor.Relative > 0)
            {
                constrained[j] = constrained[j].Constrain(floor, out bound[j]);
            }

            IReadOnlyList<int> degenerate = constrained[j].DegenerateColumns(floor.Scale);
            if (degenerate.Count > 0)
            {
                throw new DegenerateCovarianceException(j, degenerate);
            }
        });

        for (int j = 0; j < parameters.Components; j++)
        {
            int own = Math.Min(j, distinct - 1);
            constrained[j] = constrained[own];
            if (bound[own].Count > 0)
            {
                diagnostics.Add(new FitDiagnostic(j, bound[own],
                    $"The component has less than VarianceFloor = {floor.Relative:g3} of the data's variance in, or among, "
                    + $"column{(bound[own].Count == 1 ? "" : "s")} {string.Join(", ", bound[own])}: it was raised to that. "
                    + "Reduce the number of components, or remove columns that are constant or depend on others."));
            }
        }

        return new Estimate(parameters with { Covariances = constrained }, diagnostics);
    }

    /// <summary>A family from outside may be wrong; say so here, and not deep in a kernel.</summary>
    private IReadOnlyList<Covariance> Checked(IReadOnlyList<Covariance> estimates, ComponentScatters scatters)
    {
        if (estimates.Count != scatters.Components || estimates.Any(covariance => covariance.Dimension != scatters.Dimension))
        {
            throw new InvalidOperationException(
                $"Covariance type {type} returned {estimates.Count} covariances; {scatters.Components} of dimension {scatters.Dimension} are needed.");
        }

        return estimates;
    }
}
