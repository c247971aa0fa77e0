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
/// Candidates run side by side and share the packed data and what starts are made from. Each is first screened: fitted as
/// <see cref="Estimator"/> says, as it is and from each of <see cref="FurtherStarts"/>, but only to <see cref="ScreeningTolerance"/>. The
/// leaders, a tenth of the candidates, those with the lowest values then (those that tie count as one), and those that could not be fitted are
/// tried from <see cref="LeaderStarts"/> too. Where likelihood is all that is maximised (no prior, no ridge), a family that is less likely than a
/// sound model of one it contains (<see cref="CovarianceType.Contains"/>), by more than its tolerance per observation, has missed its maximum: it
/// goes on from that model, and keeps what it finds unless that is degenerate. At last the leaders go on to the Tolerance of the estimator, and
/// those who then lead, until every leader is a finished fit (<see cref="Candidate.IsFinished"/>). The same answer for every number of threads.
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
    /// <value>
    /// The default is <c>new GaussianMixture(1) { Initialization = Initialization.Hierarchical, Acceleration =
    /// Acceleration.Anderson.StartingBelow(1e-3) }</c>: one tree is cut for all candidates, and most of a search goes into fits that creep.
    /// </value>
    /// <exception cref="ArgumentNullException">null.</exception>
    public GaussianMixture Estimator
    {
        get;
        init => field = value ?? throw Refuse.Null(nameof(Estimator), "Estimator is null. Use for example new GaussianMixture(1).");
    } = new(1) { Initialization = Initialization.Hierarchical, Acceleration = Acceleration.Anderson.StartingBelow(1e-3) };

    /// <summary>
    /// How near to its maximum each candidate is fitted before it is known who leads: <see cref="GaussianMixture.Tolerance"/> of these fits,
    /// which are not extrapolated for longer than proposals gain that much. The leaders are then fitted as <see cref="Estimator"/> says. With 0,
    /// or no more than the estimator's own Tolerance, all are.
    /// </summary>
    /// <remarks>
    /// Most of a search goes into the last digits of candidates that are out of the question: on plateaus of the likelihood with too many
    /// components. In BIC, 1e-5 is 2e-5 times the number of observations for fits that creep to their maximum; one that rests on a plateau
    /// may be farther from it. Where every value in the table matters, and not only who wins, set 0: with it each candidate is, bit for bit, the
    /// best model that the estimator would find alone from these starts, unless it went on from another family's.
    /// </remarks>
    /// <value>The default is 1e-5.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative, NaN or infinite.</exception>
    public double ScreeningTolerance
    {
        get;
        init => field = EstimatorOptions.NonNegative(value, nameof(ScreeningTolerance));
    } = 1e-5;

    /// <summary>
    /// Starts to try every candidate from besides those of <see cref="Estimator"/>. Its fit is the one of the highest log-likelihood;
    /// one that is degenerate (<see cref="Candidate.IsDegenerate"/>) only where all are.
    /// </summary>
    /// <remarks>
    /// A search compares maxima, so each candidate should be given a fair chance of its own. mclust owes its reliability to one
    /// tree, which it cuts for every candidate; random starts find what the tree misses.
    /// </remarks>
    /// <value>The default is <see cref="Initialization.Hierarchical"/>, which the default estimator starts from as it is; none is allowed.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    /// <exception cref="ArgumentException">One is null or comes twice.</exception>
    public IEnumerable<Initialization> FurtherStarts
    {
        get;
        init => field = Choices.OrNone(value, nameof(FurtherStarts), start => start is null
            ? "FurtherStarts holds null. List for example Initialization.Hierarchical, or nothing."
            : null);
    } = Choices.OrNone([Initialization.Hierarchical], nameof(FurtherStarts), _ => null);

    /// <summary>
    /// Starts to try the leaders from besides: the tenth of the candidates (one at least; those that tie count as one) with the lowest values,
    /// once all have been screened. What decides the search deserves a second look; that one of the others would win by it is rare. Also
    /// those that failed: they may do better from elsewhere.
    /// </summary>
    /// <value>The default is <see cref="Initialization.KMeans"/>; none is allowed.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    /// <exception cref="ArgumentException">One is null or comes twice.</exception>
    public IEnumerable<Initialization> LeaderStarts
    {
        get;
        init => field = Choices.OrNone(value, nameof(LeaderStarts), start => start is null
            ? "LeaderStarts holds null. List for example Initialization.KMeans, or nothing."
            : null);
    } = Choices.OrNone([Initialization.KMeans], nameof(LeaderStarts), _ => null);

    /// <summary>Fits all candidates and judges them.</summary>
    /// <param name="x">n x d: a <see cref="Matrix{T}"/>, <c>double[,]</c>, <c>double[][]</c> or <c>float[,]</c>. Not copied, not written to.</param>
    /// <param name="weights">n observation weights, finite and not negative, or null for all 1. A row of weight 0 is absent.</param>
    /// <param name="progress">
    /// Told of every iteration of every candidate; several run side by side. A leader that goes on after screening is counted from 1 anew.
    /// </param>
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

        CallersProgress? listener = progress is null ? null : new CallersProgress(progress);
        return new ModelSelectionResult(Criterion, new CandidateSearch(this, data, listener, cancellationToken).Run());
    }
}
