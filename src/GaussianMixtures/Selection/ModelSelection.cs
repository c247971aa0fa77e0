using System.Runtime.ExceptionServices;
using GaussianMixtures.Ascents;
using GaussianMixtures.Data;
using GaussianMixtures.Initializations;
using GaussianMixtures.Selection;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>
/// Fits every combination of covariance type and number of components, and says which is best by a <see cref="Criterion"/>
/// (Fraley &amp; Raftery 2002, doi:10.1198/016214502760047131). An immutable value, as the estimator it varies.
/// </summary>
/// <remarks>
/// Candidates run side by side and share the packed data and what starts are made from; each is, bit for bit, the best of the models
/// that <see cref="Estimator"/> would find alone, as it is and from each of <see cref="FurtherStarts"/>. The same answer for every
/// number of threads.
/// </remarks>
public sealed record ModelSelection
{
    /// <summary>The numbers of components to try, each at least 1 and given once, in the order in which results list them.</summary>
    /// <value>The default is 1 to 9.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    /// <exception cref="ArgumentException">Empty, or one is below 1 or comes twice.</exception>
    public IEnumerable<int> Components
    {
        get;
        init => field = Choices.Of(value, nameof(Components), components => components >= 1
            ? null
            : $"Components holds {components}. A mixture has at least 1.");
    } = Choices.Of(Enumerable.Range(1, 9), nameof(Components), _ => null);

    /// <summary>The covariance types to try, each given once, in the order in which results list them.</summary>
    /// <value>The default is <see cref="CovarianceType.All"/>.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    /// <exception cref="ArgumentException">Empty, or one is null or comes twice.</exception>
    public IEnumerable<CovarianceType> CovarianceTypes
    {
        get;
        init => field = Choices.Of(value, nameof(CovarianceTypes), type => type is null
            ? "CovarianceTypes holds null. List types of CovarianceType.All, or of your own."
            : null);
    } = Choices.Of(CovarianceType.All, nameof(CovarianceTypes), _ => null);

    /// <summary>What decides; lower is better.</summary>
    /// <value>The default is <see cref="Criterion.Bic"/>.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    public Criterion Criterion
    {
        get;
        init => field = value ?? throw Refuse.Null(nameof(Criterion), "Criterion is null. Use for example Criterion.Bic.");
    } = Criterion.Bic;

    /// <summary>
    /// How each candidate is fitted: starts, restarts, stopping, seed, threads. Its own <see cref="GaussianMixture.Components"/> and
    /// <see cref="GaussianMixture.CovarianceType"/> are not used.
    /// </summary>
    /// <value>The default is <c>new GaussianMixture(1) { Acceleration = Acceleration.Anderson }</c>: most of a search goes into fits that creep.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    public GaussianMixture Estimator
    {
        get;
        init => field = value ?? throw Refuse.Null(nameof(Estimator), "Estimator is null. Use for example new GaussianMixture(1).");
    } = new(1) { Acceleration = Acceleration.Anderson };

    /// <summary>
    /// Starts to try every candidate from besides those of <see cref="Estimator"/>. Its fit is the one of the highest log-likelihood;
    /// one that is degenerate (<see cref="Candidate.IsDegenerate"/>) only where all are.
    /// </summary>
    /// <remarks>
    /// A search compares maxima, so each candidate should be given a fair chance of its own. mclust owes its reliability to one
    /// tree, which it cuts for every candidate; random starts find what the tree misses.
    /// </remarks>
    /// <value>The default is <see cref="Initialization.Hierarchical"/>; none is allowed.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    /// <exception cref="ArgumentException">One is null or comes twice.</exception>
    public IEnumerable<Initialization> FurtherStarts
    {
        get;
        init => field = Choices.OrNone(value, nameof(FurtherStarts), start => start is null
            ? "FurtherStarts holds null. List for example Initialization.Hierarchical, or nothing."
            : null);
    } = Choices.OrNone([Initialization.Hierarchical], nameof(FurtherStarts), _ => null);

    /// <summary>Fits all candidates and judges them.</summary>
    /// <param name="x">n x d: a <see cref="Matrix{T}"/>, <c>double[,]</c>, <c>double[][]</c> or <c>float[,]</c>. Not copied, not written to.</param>
    /// <param name="weights">n observation weights, finite and not negative, or null for all 1. A row of weight 0 is absent.</param>
    /// <param name="progress">Told of every iteration of every candidate; several run side by side.</param>
    /// <param name="cancellationToken">Stops the search within one iteration.</param>
    /// <returns>All candidates, those that failed with the reason, and the best.</returns>
    /// <exception cref="ArgumentNullException">x is null.</exception>
    /// <exception cref="ArgumentException">
    /// x has fewer rows (of positive weight) than the fewest components, or holds NaN or infinity (row and column are named); weights
    /// has another length than x, a negative or infinite entry, or none above 0.
    /// </exception>
    /// <exception cref="InvalidOperationException">Every candidate failed; the reasons are in the message.</exception>
    /// <exception cref="OperationCanceledException">cancellationToken was cancelled.</exception>
    public ModelSelectionResult Fit(Observations x, Vector<double>? weights = null, IProgress<FitProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        FitData data = FitData.Of(x, weights, Estimator.MaxDegreeOfParallelism, cancellationToken);
        int fewest = Components.Min();
        if (data.Summary.PositiveRows < fewest)
        {
            throw Refuse.Argument(nameof(x), $"x has {data.Summary.PositiveRows} rows of positive weight, fewer than the fewest "
                + $"Components = {fewest}. Try fewer components, or pass more rows.");
        }

        int? degree = Estimator.MaxDegreeOfParallelism;
        GaussianMixture[] estimators = [.. from components in Components
                                           from type in CovarianceTypes
                                           select Estimator with { Components = components, CovarianceType = type }];
        int share = Workers.Share(estimators.Length, degree);
        CallersProgress? listener = progress is null ? null : new CallersProgress(progress);
        Candidate[] candidates = new Candidate[estimators.Length];
        // Large candidates take longest. They come first, so that no thread is left with one at the end.
        int[] order = [.. Enumerable.Range(0, estimators.Length).OrderByDescending(at => estimators[at].Components)];
        Workers.For(estimators.Length, degree, at =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            GaussianMixture estimator = estimators[order[at]] with { MaxDegreeOfParallelism = share };
            candidates[order[at]] = Try(estimator, data, listener, cancellationToken);
        }, cancellationToken);
        return new ModelSelectionResult(Criterion, candidates);
    }

    /// <summary>
    /// One candidate. A family, start or criterion from outside may fail in any way: that is the candidate's own failure, unless the
    /// caller stopped the search.
    /// </summary>
    private Candidate Try(GaussianMixture estimator, FitData data, CallersProgress? progress, CancellationToken cancellationToken)
    {
        Candidate candidate = new()
        {
            Components = estimator.Components,
            CovarianceType = estimator.CovarianceType,
            ParameterCount = estimator.CovarianceType.ParameterCount(estimator.Components, data.Observations.Dimension),
        };
        try
        {
            (GaussianMixture found, LikelihoodFit fit) = Highest(estimator, data, progress, cancellationToken);
            InformationCriteria criteria = ModelScores.Criteria(fit.Model, fit.LogLikelihoods, data.Observations, data.Weights);
            candidate = candidate with { Model = fit.Model, Criteria = criteria };
            double value = Criterion.Evaluate(new CriterionContext(fit.Model, found, criteria, data, cancellationToken));
            return double.IsNaN(value)
                ? candidate with { Failure = $"The criterion {Criterion.Name} is NaN." }
                : candidate with { Value = value };
        }
        catch (Exception failure) when (IsTheCandidates(progress, cancellationToken))
        {
            return candidate with { Failure = failure.Message };
        }
    }

    /// <summary>The best fit of all starts, and what found it. A start that fails is passed over, unless all do.</summary>
    private (GaussianMixture Estimator, LikelihoodFit Fit) Highest(GaussianMixture estimator, FitData data, CallersProgress? progress,
        CancellationToken cancellationToken)
    {
        List<(GaussianMixture Estimator, LikelihoodFit Fit)> fits = [];
        ExceptionDispatchInfo? firstFailure = null;
        foreach (Initialization start in FurtherStarts.Prepend(estimator.Initialization).Distinct())
        {
            GaussianMixture starting = estimator with { Initialization = start };
            try
            {
                fits.Add((starting, starting.FitTo(data, progress, cancellationToken)));
            }
            catch (Exception failure) when (IsTheCandidates(progress, cancellationToken))
            {
                firstFailure ??= ExceptionDispatchInfo.Capture(failure);
            }
        }

        if (fits.Count == 0)
        {
            firstFailure!.Throw();
        }

        return fits.OrderBy(found => found.Fit.Model.Report!.Diagnostics.Count > 0)
            .ThenByDescending(found => found.Fit.Model.Report!.LogLikelihood).First();
    }

    /// <summary>Whether a failure is the candidate's own: not where the caller stopped the search.</summary>
    private static bool IsTheCandidates(CallersProgress? progress, CancellationToken cancellationToken) =>
        progress?.HasThrown != true && !cancellationToken.IsCancellationRequested;

    /// <summary>Hands reports on. What the caller's progress throws ends the search: no candidate is to blame for it.</summary>
    private sealed class CallersProgress(IProgress<FitProgress> progress) : IProgress<FitProgress>
    {
        public bool HasThrown { get; private set; }

        public void Report(FitProgress value)
        {
            try
            {
                progress.Report(value);
            }
            catch
            {
                HasThrown = true;
                throw;
            }
        }
    }
}
