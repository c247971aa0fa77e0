using System.Runtime.ExceptionServices;
using GaussianMixtures.Ascents;
using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Initializations;

namespace GaussianMixtures.Selection;

/// <summary>
/// One search: every candidate is screened from its own starts, those that lead from more, and families from those they contain; then
/// leaders are fitted to the end.
/// </summary>
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
           let estimator = selection.Estimator with { Components = components, CovarianceType = type }
           select new Contender(estimator, null, IsFinished: !Screens(selection), new Candidate
           {
               Components = components,
               CovarianceType = type,
               ParameterCount = type.ParameterCount(components, data.Observations.Dimension),
           }),
    ];

    public Candidate[] Run()
    {
        Initialization[] starts = [.. selection.FurtherStarts.Prepend(selection.Estimator.Initialization).Distinct()];
        Initialization[] leaderStarts = [.. selection.LeaderStarts.Except(starts)];
        Make(FromStarts(Enumerable.Range(0, _contenders.Length), starts));
        Make(FromStarts([.. Leaders(), .. Fitless()], leaderStarts));
        CatchUp();

        // A leader that gains least may leave its place to another, which is then to be finished too.
        while (Leaders().Where(at => !_contenders[at].IsFinished).ToArray() is { Length: > 0 } unfinished)
        {
            Finish(unfinished, [.. starts, .. leaderStarts]);
            CatchUp();
        }

        return Array.ConvertAll(_contenders, contender => contender.Candidate);
    }

    /// <summary>Whether there is anything to leave unfinished.</summary>
    private static bool Screens(ModelSelection selection) => selection.ScreeningTolerance > selection.Estimator.Tolerance
        && selection.Components.Count() * selection.CovarianceTypes.Count() > 1;

    /// <summary>An estimator that goes as far as this contender is to be fitted for now.</summary>
    private GaussianMixture AsFar(Contender contender, GaussianMixture estimator) => contender.IsFinished
        ? estimator
        : estimator with { Tolerance = selection.ScreeningTolerance, Perseverance = Perseverance.Screening };

    /// <summary>The candidates that do best so far. Those that tie count as one: in one column many families are the same.</summary>
    private IEnumerable<int> Leaders()
    {
        int wanted = (_contenders.Length + CandidatesPerLeader - 1) / CandidatesPerLeader;
        Candidate? last = null;
        foreach (int at in Enumerable.Range(0, _contenders.Length)
            .Where(at => _contenders[at].Candidate.Failure is null)
            .OrderBy(at => _contenders[at].Candidate.IsDegenerate)
            .ThenBy(at => _contenders[at].Candidate.Value))
        {
            Candidate candidate = _contenders[at].Candidate;
            bool ties = last?.IsDegenerate == candidate.IsDegenerate && ModelSelectionResult.AreSame(last.Value, candidate.Value);
            wanted -= ties ? 0 : 1;
            if (wanted < 0)
            {
                yield break;
            }

            last = candidate;
            yield return at;
        }
    }

    /// <summary>The candidates that could not be fitted so far.</summary>
    private IEnumerable<int> Fitless() => Enumerable.Range(0, _contenders.Length).Where(at => _contenders[at].Fit is null);

    private IEnumerable<Climb> FromStarts(IEnumerable<int> which, Initialization[] starts) =>
        from at in which
        let attempts = from start in starts
                       let recipe = _contenders[at].Estimator with { Initialization = start }
                       select new Attempt(AsFar(_contenders[at], recipe), recipe)
        select new Climb(at, [.. attempts]);

    /// <summary>
    /// Those that a family they contain has left behind have missed the highest maximum of theirs: they go on from that family's model, the
    /// families that contain least first. Nothing passes from one number of components to another, so these are side by side.
    /// </summary>
    private void CatchUp()
    {
        // The mode of a posterior, and where a ridge leads, may well be less likely in the larger family.
        if (!selection.Estimator.MaximizesLikelihood)
        {
            return;
        }

        int[][] groups = [.. Enumerable.Range(0, _contenders.Length)
            .OrderBy(at => _containment.Width(_contenders[at].Candidate.CovarianceType))
            .GroupBy(at => _contenders[at].Candidate.Components)
            .OrderByDescending(group => group.Key)
            .Select(group => group.ToArray())];
        SideBySide(groups.Length, (group, degree) =>
        {
            foreach (int at in groups[group])
            {
                if (HighestWithin(_contenders[at], groups[group]) is GaussianMixtureModel model)
                {
                    _contenders[at] = Tried(_contenders[at], [GoOn(_contenders[at], model, keepsOrder: false)], degree);
                }
            }
        });
    }

    /// <summary>The likeliest model of a family that this candidate's contains, among these; null where none is likelier than its own.</summary>
    private GaussianMixtureModel? HighestWithin(Contender contender, int[] group)
    {
        Candidate candidate = contender.Candidate;
        if (candidate.Criteria is null)
        {
            return null;
        }

        double missed = candidate.LogLikelihood + (AsFar(contender, contender.Estimator).Tolerance * candidate.Criteria.Size);
        return group.Select(at => _contenders[at].Candidate)
            .Where(other => other.LogLikelihood > missed && !other.IsDegenerate && _containment.IsWithin(other.CovarianceType, candidate.CovarianceType))
            .MaxBy(other => other.LogLikelihood)?.Model;
    }

    /// <summary>
    /// These go on to the end from where screening left them, unless it left them at their last iteration. What collapses on the way there, or
    /// fails, led without being a maximum, and has another chance from all starts.
    /// </summary>
    private void Finish(int[] which, Initialization[] starts)
    {
        Contender[] screened = Array.ConvertAll(which, at => _contenders[at]);
        List<Climb> climbs = [];
        for (int i = 0; i < which.Length; i++)
        {
            FitReport soFar = screened[i].Candidate.Model!.Report!;
            if (soFar.Iterations >= screened[i].Estimator.MaxIterations)
            {
                _contenders[which[i]] = screened[i].AtItsLimit();
                continue;
            }

            Contender going = screened[i] with { IsFinished = true, Fit = null };
            Attempt attempt = GoOn(going, screened[i].Candidate.Model!, going.Estimator.Initialization.KeepsOrder);
            GaussianMixture rest = attempt.Estimator with { MaxIterations = going.Estimator.MaxIterations - soFar.Iterations };
            climbs.Add(new Climb(which[i], [attempt with { Estimator = rest, SoFar = soFar }]));
            _contenders[which[i]] = going;
        }

        Make(climbs);
        List<int> lost = [];
        for (int i = 0; i < which.Length; i++)
        {
            Contender end = _contenders[which[i]];
            if (end.Candidate.Failure is not null || (end.Candidate.IsDegenerate && !screened[i].Candidate.IsDegenerate))
            {
                lost.Add(which[i]);
            }
            else if (end.Fit is null || (end.Fit.Height < screened[i].Fit!.Height && end.Candidate.IsDegenerate == screened[i].Candidate.IsDegenerate))
            {
                // Not judged again, or at its end already and back by a rounding.
                _contenders[which[i]] = screened[i].AsFinished();
            }
        }

        Make(FromStarts(lost, starts));
    }

    /// <summary>From a model that is known, as far as the contender is to be fitted.</summary>
    private Attempt GoOn(Contender contender, GaussianMixtureModel from, bool keepsOrder)
    {
        GivenStart start = new(MixtureStart.FromModel(from), keepsOrder);
        return new Attempt(AsFar(contender, contender.Estimator) with { Initialization = start }, contender.Estimator);
    }

    /// <summary>Makes these attempts, those of different candidates side by side.</summary>
    private void Make(IEnumerable<Climb> climbs)
    {
        // Large candidates take longest. They come first, so that no thread is left with one at the end.
        Climb[] order = [.. climbs.Where(climb => climb.Attempts.Length > 0).OrderByDescending(climb => _contenders[climb.At].Candidate.Components)];
        SideBySide(order.Length, (next, degree) =>
        {
            (int at, Attempt[] attempts) = order[next];
            _contenders[at] = Tried(_contenders[at], attempts, degree);
        });
    }

    /// <summary>Runs so many bodies on the threads there are; each is told how many it may use itself.</summary>
    private void SideBySide(int count, Action<int, int> body)
    {
        if (count == 0)
        {
            return;
        }

        (int atOnce, int each) = data.ShareOut(count, selection.Estimator.MaxDegreeOfParallelism);
        using Workers workers = new(atOnce);
        workers.For(count, next =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            body(next, each);
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
            Candidate failed = contender.Candidate with { Model = null, Criteria = null, IsFinished = false, Value = double.NaN, Failure = failure.Message };
            return contender with { Candidate = failed };
        }
    }

    /// <summary>
    /// The contender with the best fit of these, or as it was if that is better. An attempt that fails is passed over, unless all do.
    /// </summary>
    private Contender Highest(Contender contender, Attempt[] attempts, int degree)
    {
        List<Contender> found = contender.Fit is null ? [] : [contender];
        ExceptionDispatchInfo? firstFailure = null;
        foreach (Attempt attempt in attempts)
        {
            try
            {
                LikelihoodFit fit = (attempt.Estimator with { MaxDegreeOfParallelism = degree }).FitTo(data, progress, cancellationToken);
                found.Add(contender with { Estimator = attempt.Recipe with { MaxDegreeOfParallelism = degree }, Fit = attempt.Whole(fit) });
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
        Candidate candidate = contender.Candidate with
        {
            Model = model,
            Criteria = criteria,
            IsFinished = contender.IsFinished,
            Value = double.NaN,
            Failure = null,
        };
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
}
