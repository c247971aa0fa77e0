using GaussianMixtures.Covariances;
using GaussianMixtures.Data;
using GaussianMixtures.Priors;
using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Fitting;

/// <summary>
/// The M-step of EM: w_j = N_j / N, m_j the weighted mean, and the covariances as the family estimates them from the scatters and
/// the ridge, held above the floor, or the former ones if these are better. With a prior means and scatters are penalised, and the
/// estimate is the posterior's mode.
/// </summary>
internal sealed class MaximumLikelihood(CovarianceType type, MomentPrior prior, VarianceFloor floor, double ridge, Workers workers) : Maximization
{
    public override ScatterShape ScatterShape => type.ScatterShape;

    public override Estimate Update(MixtureStatistics statistics, MixtureParameters current) =>
        BetterOf(Estimated(statistics, current, out ComponentScatters scatters), current, scatters);

    /// <summary>
    /// The same for statistics that no pass has found; null where a covariance is degenerate. Whether the current covariances are better the next
    /// pass will show; but where the floor holds the estimate they may be so step after step, and every proposal would be refused.
    /// </summary>
    public MixtureParameters? TryUpdate(MixtureStatistics statistics, MixtureParameters current)
    {
        try
        {
            Estimate estimate = Estimated(statistics, current, out ComponentScatters scatters);
            return (estimate.Diagnostics.Count > 0 ? BetterOf(estimate, current, scatters) : estimate).Parameters;
        }
        catch (DegenerateCovarianceException)
        {
            return null;
        }
    }

    /// <summary>The estimate, or its means and weights with the current covariances, if these are better for the scatters.</summary>
    private Estimate BetterOf(Estimate estimate, MixtureParameters current, ComponentScatters scatters)
    {
        ComponentCovariances better = type.BetterOf(estimate.Parameters.Covariances, current.Covariances, scatters);
        return ReferenceEquals(better, estimate.Parameters.Covariances) ? estimate : estimate with { Parameters = estimate.Parameters.With(better) };
    }

    /// <summary>What the scatters alone say, held above the floor.</summary>
    private Estimate Estimated(MixtureStatistics statistics, MixtureParameters current, out ComponentScatters scatters)
    {
        double total = statistics.TotalWeight;
        double[] weights = LoopArrays.Take(statistics.Arrays, statistics.Components);
        statistics.Weights.CopyTo(weights);
        List<FitDiagnostic>? diagnostics = null; // as a rule there are none
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] /= total;
            if (weights[j] <= ComponentScatters.Negligible)
            {
                (diagnostics ??= []).Add(new FitDiagnostic(j, [.. Enumerable.Range(0, statistics.Dimension)],
                    $"The component accounts for no observation: {prior.OfEmpty}. Reduce the number of components."));
            }
        }

        (double[] means, scatters) = prior.Penalize(statistics, current.Means, current.Covariances);
        scatters = ridge > 0 ? type.AddRidge(scatters, current.Covariances, ridge) : scatters;
        MixtureParameters estimate = new(statistics.Dimension, weights, means, Checked(type.Reestimate(scatters, current.Covariances), scatters));
        estimate = Hold(estimate, scatters, current.Covariances, ref diagnostics);
        return new Estimate(estimate, (IReadOnlyList<FitDiagnostic>?)diagnostics ?? []);
    }

    public override double LogPrior(MixtureParameters parameters)
    {
        double sum = 0;
        for (int j = 0; j < parameters.Components; j++)
        {
            sum += prior.LogDensity(parameters.Mean(j), parameters.Covariances[j], parameters.Components);
        }

        return sum;
    }

    /// <summary>A start of the caller's, moved to where the floor allows: from there the likelihood cannot fall.</summary>
    public override MixtureParameters Admit(MixtureParameters start, Func<MixtureParameters> step)
    {
        List<FitDiagnostic>? unheeded = null;
        return Hold(start, null, start.Covariances, ref unheeded);
    }

    /// <summary>Scatters whose estimate the parameters are.</summary>
    private ComponentScatters Represented(MixtureParameters parameters) => parameters.Covariances.ToScatters(type.ScatterShape,
        Array.ConvertAll(parameters.Weights, weight => Math.Max(weight, ComponentScatters.Negligible)));

    /// <summary>
    /// The parameters, estimated from these scatters, or from those they represent, with their covariances above the floor and of the family.
    /// </summary>
    private MixtureParameters Hold(MixtureParameters parameters, ComponentScatters? scatters, ComponentCovariances former,
        ref List<FitDiagnostic>? diagnostics)
    {
        // As a rule there is nothing to hold, and then nothing is to be made for it.
        if (ForFactors(workers, parameters.Dimension) == Workers.None && IsSound(parameters.Covariances))
        {
            return parameters;
        }

        if (floor.Relative > 0)
        {
            (Covariance Covariance, int[] Columns)[] raised = Each(parameters.Covariances,
                covariance => (covariance.Constrain(floor, out int[] columns), columns));
            if (!Array.TrueForAll(raised, each => each.Columns.Length == 0))
            {
                Note(raised, diagnostics ??= []);
                ComponentCovariances clamped = new(Array.ConvertAll(raised, each => each.Covariance));
                parameters = parameters.With(type.Raise(scatters ?? Represented(parameters), former, clamped, floor));
            }
        }

        int[][] degenerate = Each(parameters.Covariances, covariance => covariance.DegenerateColumns(floor.Scale));
        int first = Array.FindIndex(degenerate, columns => columns.Length > 0);
        return first < 0 ? parameters : throw new DegenerateCovarianceException(first, degenerate[first]);
    }

    /// <summary>Whether it is known without eigenvalues that no covariance has to be raised, and none is degenerate.</summary>
    private bool IsSound(ComponentCovariances covariances)
    {
        int distinct = covariances.AreShared ? 1 : covariances.Count;
        for (int j = 0; j < distinct; j++)
        {
            bool isAbove = floor.Relative == 0 || covariances[j].HasShareOf(floor, 1);
            if (!isAbove || covariances[j].DegenerateColumns(floor.Scale).Length > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Who was raised to the floor.</summary>
    private void Note((Covariance Covariance, int[] Columns)[] raised, List<FitDiagnostic> diagnostics)
    {
        for (int j = 0; j < raised.Length; j++)
        {
            int[] columns = raised[j].Columns;
            if (columns.Length > 0)
            {
                diagnostics.Add(new FitDiagnostic(j, columns,
                    $"The component has less than VarianceFloor = {floor.Relative:g3} of the data's variance in, or among, "
                    + $"column{(columns.Length == 1 ? "" : "s")} {string.Join(", ", columns)}: it was raised to that. "
                    + "Reduce the number of components, or remove columns that are constant or depend on others."));
            }
        }
    }

    /// <summary>What is found of every covariance, and of a shared one once.</summary>
    private T[] Each<T>(ComponentCovariances covariances, Func<Covariance, T> find)
    {
        T[] found = new T[covariances.Count];
        int distinct = covariances.AreShared ? 1 : found.Length;
        ForFactors(workers, covariances[0].Dimension).For(distinct, j => found[j] = find(covariances[j]));
        found.AsSpan(distinct).Fill(found[0]);
        return found;
    }

    /// <summary>A family from outside may be wrong; say so here, and not deep in a kernel.</summary>
    private ComponentCovariances Checked(ComponentCovariances estimates, ComponentScatters scatters)
    {
        if (estimates.Count != scatters.Components)
        {
            throw new InvalidOperationException($"Covariance type {type} returned {estimates.Count} covariances; {scatters.Components} are needed.");
        }

        for (int j = 0; j < estimates.Count; j++)
        {
            if (estimates[j]?.Dimension != scatters.Dimension)
            {
                string returned = estimates[j] is { } other ? $"one of dimension {other.Dimension}" : "null";
                throw new InvalidOperationException(
                    $"Covariance type {type} returned {returned} for component {j}; a covariance of dimension {scatters.Dimension} is needed.");
            }
        }

        return estimates;
    }
}
