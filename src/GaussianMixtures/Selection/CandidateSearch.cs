using System.Runtime.ExceptionServices;
using GaussianMixtures.Ascents;
using GaussianMixtures.Data;
using GaussianMixtures.Initializations;

namespace GaussianMixtures.Selection;

/// <summary>One search: every candidate from its own starts, those that lead from more, and families from those they contain.</summary>
/// <param name="selection">The options.</param>
/// <param name="data">The rows.</param>
/// <param name="progress">Told of every iteration of every fit.</param>
/// <param name="cancellationToken">Stops within one iteration.</param>
internal sealed class CandidateSearch(ModelSelection selection, FitData data, CallersProgress? progress, CancellationToken cancellationToken)
{
    /// <summary>One candidate in this many is a leader.</summary>
    private const int CandidatesPerLeader = 10;

    private readonly Containment _containment = new(selection.CovarianceTypes);

    private readonly Contender[] _contenders =
    [
        .. from components in selection.Components
           from type in selection.CovarianceTypes
           select new Contender(selection.Estimator with { Components = components, CovarianceType = type }, null, new Candidate
           {
               Components = components,
               CovarianceType = type,
               ParameterCount = type.ParameterCount(components, data.Observations.Dimension),
           }),
    ];

    public Candidate[] Run()
    {
        Initialization[] starts = [.. selection.FurtherStarts.Prepend(selection.Estimator.Initialization).Distinct()];
        Make(FromStarts(Enumerable.Range(0, _contenders.Length), starts));
        Make(FromStarts([.. Leaders(), .. Fitless()], [.. selection.LeaderStarts.Except(starts)]));

        // The mode of a posterior, and where a ridge leads, may well be less likely in the larger family.
        if (selection.Estimator.MaximizesLikelihood)
        {
            foreach (IEnumerable<int> families in FamiliesByWidth())
            {
                Make(FromWithin(families));
            }
        }

        return Array.ConvertAll(_contenders, contender => contender.Candidate);
    }

    /// <summary>The candidates that do best so far.</summary>
    private IEnumerable<int> Leaders() => Enumerable.Range(0, _contenders.Length)
        .Where(at => _contenders[at].Candidate.Failure is null)
        .OrderBy(at => _contenders[at].Candidate.IsDegenerate)
        .ThenBy(at => _contenders[at].Candidate.Value)
        .Take((_contenders.Length + CandidatesPerLeader - 1) / CandidatesPerLeader);

    /// <summary>The candidates that could not be fitted so far.</summary>
    private IEnumerable<int> Fitless() => Enumerable.Range(0, _contenders.Length).Where(at => _contenders[at].Fit is null);

    /// <summary>All candidates, so that each family comes after those it contains, together with others that it does not concern.</summary>
    private IEnumerable<IEnumerable<int>> FamiliesByWidth() => Enumerable.Range(0, _contenders.Length)
        .GroupBy(at => _containment.Width(_contenders[at].Candidate.CovarianceType))
        .OrderBy(width => width.Key);

    private IEnumerable<Climb> FromStarts(IEnumerable<int> which, Initialization[] starts) =>
        from at in which
        let attempts = from start in starts
                       let estimator = _contenders[at].Estimator with { Initialization = start }
                       select new Attempt(estimator, estimator)
        select new Climb(at, [.. attempts]);

    /// <summary>
    /// Those that a family they contain has left behind: the highest maximum of theirs was missed. They go on from that family's model.
    /// </summary>
    private IEnumerable<Climb> FromWithin(IEnumerable<int> which) =>
        from at in which
        let model = HighestWithin(_contenders[at])
        where model is not null
        let estimator = _contenders[at].Estimator
        let start = new GivenStart(MixtureStart.FromModel(model), keepsOrder: false)
        select new Climb(at, [new Attempt(estimator with { Initialization = start }, estimator)]);

    /// <summary>The likeliest model of a family that this candidate's contains; null where none is likelier than its own.</summary>
    private GaussianMixtureModel? HighestWithin(Contender contender)
    {
        Candidate candidate = contender.Candidate;
        if (candidate.Criteria is null)
        {
            return null;
        }

        double missed = candidate.LogLikelihood + (contender.Estimator.Tolerance * candidate.Criteria.Size);
        return _contenders.Select(other => other.Candidate)
            .Where(other => other.Components == candidate.Components && other.LogLikelihood > missed && !other.IsDegenerate
                && _containment.IsWithin(other.CovarianceType, candidate.CovarianceType))
            .MaxBy(other => other.LogLikelihood)?.Model;
    }

    /// <summary>Makes these attempts, those of different candidates side by side.</summary>
    private void Make(IEnumerable<Climb> climbs)
    {
        // Large candidates take longest. They come first, so that no thread is left with one at the end.
        Climb[] order = [.. climbs.Where(climb => climb.Attempts.Length > 0).OrderByDescending(climb => _contenders[climb.At].Candidate.Components)];
        if (order.Length == 0)
        {
            return;
        }

        (int atOnce, int each) = data.ShareOut(order.Length, selection.Estimator.MaxDegreeOfParallelism);
        using Workers workers = new(atOnce);
        workers.For(order.Length, next =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            (int at, Attempt[] attempts) = order[next];
            _contenders[at] = Tried(_contenders[at], attempts, each);
        }, cancellationToken);
    }

    /// <summary>
    /// A contender after more attempts: never worse than before. A family, start or criterion from outside may fail in any way: that is the
    /// candidate's own failure, unless the caller stopped the search.
    /// </summary>
    private Contender Tried(Contender contender, Attempt[] attempts, int degree)
    {
        try
        {
            Contender best = Highest(contender, attempts, degree);
            if (ReferenceEquals(best, contender))
            {
                return contender;
            }

            Candidate judged = Judged(best);
            bool wasJudged = contender.Candidate is { Model: not null, Failure: null };
            return judged.Failure is not null && wasJudged ? contender : best with { Candidate = judged };
        }
        catch (Exception failure) when (IsTheCandidates())
        {
            return contender with { Candidate = contender.Candidate with { Failure = failure.Message } };
        }
    }

    /// <summary>
    /// The contender with the best fit of these, or as it was if that is better. An attempt that fails is passed over, unless all do.
    /// </summary>
    private Contender Highest(Contender contender, Attempt[] attempts, int degree)
    {
        List<Contender> found = contender.Fit is null ? [] : [contender];
        ExceptionDispatchInfo? firstFailure = null;
        foreach ((GaussianMixture estimator, GaussianMixture recipe) in attempts)
        {
            try
            {
                LikelihoodFit fit = (estimator with { MaxDegreeOfParallelism = degree }).FitTo(data, progress, cancellationToken);
                found.Add(contender with { Estimator = recipe with { MaxDegreeOfParallelism = degree }, Fit = fit });
            }
            catch (Exception failure) when (IsTheCandidates())
            {
                firstFailure ??= ExceptionDispatchInfo.Capture(failure);
            }
        }

        if (found.Count == 0)
        {
            firstFailure!.Throw();
        }

        return found.OrderBy(fitted => fitted.Fit!.Model.Report!.Diagnostics.Count > 0).ThenByDescending(fitted => fitted.Fit!.Height).First();
    }

    /// <summary>What is known of a fit, and what the criterion says of it.</summary>
    private Candidate Judged(Contender contender)
    {
        GaussianMixtureModel model = contender.Fit!.Model;
        InformationCriteria criteria = ModelScores.Criteria(model, contender.Fit.LogLikelihoods, data.Observations, data.Weights);
        Candidate candidate = contender.Candidate with { Model = model, Criteria = criteria, Value = double.NaN, Failure = null };
        try
        {
            double value = selection.Criterion.Evaluate(new CriterionContext(model, contender.Estimator, criteria, data, cancellationToken));
            return double.IsNaN(value)
                ? candidate with { Failure = $"The criterion {selection.Criterion.Name} is NaN." }
                : candidate with { Value = value };
        }
        catch (Exception failure) when (IsTheCandidates())
        {
            return candidate with { Failure = failure.Message };
        }
    }

    /// <summary>Whether a failure is the candidate's own: not where the caller stopped the search.</summary>
    private bool IsTheCandidates() => progress?.HasThrown != true && !cancellationToken.IsCancellationRequested;

    /// <summary>A candidate, its fit, and how to make such a fit to other rows.</summary>
    private sealed record Contender(GaussianMixture Estimator, LikelihoodFit? Fit, Candidate Candidate);

    /// <summary>What is to be fitted; and how to make such a fit to other rows, of which no start may know that was found with these.</summary>
    private sealed record Attempt(GaussianMixture Estimator, GaussianMixture Recipe);

    /// <summary>What to try for one candidate.</summary>
    private sealed record Climb(int At, Attempt[] Attempts);
}
