using System.Diagnostics;
using GaussianMixtures.Ascents;
using GaussianMixtures.Covariances;
using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Initializations;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>
/// Fits Gaussian mixtures by maximum likelihood, with the EM algorithm (Dempster, Laird &amp; Rubin 1977,
/// doi:10.1111/j.2517-6161.1977.tb01600.x). An immutable value: describe the fit once, vary it by <c>with</c>, call
/// <see cref="Fit"/> as often as you like, from as many threads as you like.
/// </summary>
/// <remarks>
/// The result is the same on every run and bit for bit the same for every number of threads. It commutes with shifting and
/// scaling the data, and an observation of weight 2 counts exactly as if it came twice.
/// </remarks>
public sealed record GaussianMixture
{
    /// <summary>Describes a fit of k components with default settings.</summary>
    /// <param name="components">k, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">components is below 1.</exception>
    public GaussianMixture(int components)
    {
        Components = components;
    }

    /// <summary>The number of components, k, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Components
    {
        get;
        init => field = EstimatorOptions.Components(value);
    }

    /// <summary>How the components' covariances are estimated together.</summary>
    /// <value>The default is <see cref="CovarianceType.Full"/>.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    public CovarianceType CovarianceType
    {
        get;
        init => field = value ?? throw Refuse.Null(nameof(CovarianceType), "CovarianceType is null. Use for example CovarianceType.Full.");
    } = CovarianceType.Full;

    /// <summary>Where each restart begins.</summary>
    /// <value>The default is <see cref="Initialization.KMeans"/>.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    public Initialization Initialization
    {
        get;
        init => field = EstimatorOptions.Initialization(value);
    } = Initialization.KMeans;

    /// <summary>
    /// How many starts to try, at least 1; the best log-likelihood wins. scikit-learn's n_init. A start that is not random is
    /// tried once.
    /// </summary>
    /// <value>The default is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Restarts
    {
        get;
        init => field = EstimatorOptions.Restarts(value);
    } = 1;

    /// <summary>The most iterations of one restart, at least 1.</summary>
    /// <value>The default is 1000.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxIterations
    {
        get;
        init => field = EstimatorOptions.MaxIterations(value);
    } = 1000;

    /// <summary>
    /// When to stop: once the mean log-likelihood per observation still to be gained, extrapolated from the last three
    /// iterations, is below this. 0 runs to <see cref="MaxIterations"/>.
    /// </summary>
    /// <value>The default is 1e-6.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative, NaN or infinite.</exception>
    public double Tolerance
    {
        get;
        init => field = EstimatorOptions.NonNegative(value, nameof(Tolerance));
    } = 1e-6;

    /// <summary>
    /// The smallest variance a component may have in any direction, as a share of the data's: once the columns are divided by
    /// their standard deviations, every eigenvalue of every covariance is at least this. Where it binds,
    /// <see cref="FitReport.Diagnostics"/> says so; where it does not, the fit is exact maximum likelihood. With 0, and
    /// <see cref="Ridge"/> 0, a component that collapses throws.
    /// </summary>
    /// <remarks>
    /// Where it binds, the covariances are the constrained maximum in families whose components are each on their own or all the same:
    /// EII, VII, EEI, VVI, EEE and VVV. In the other eight, whose components depend on one another, all scatters are given as much of the columns'
    /// variances as it takes, so the covariances stay of the family; and they are kept from one iteration to the next where new ones
    /// would have the lower likelihood.
    /// </remarks>
    /// <value>The default is 1e-6.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, above 1, or NaN.</exception>
    public double VarianceFloor
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw Refuse.OutOfRange(nameof(VarianceFloor), value,
            $"VarianceFloor is {value}. Use a share of the data's variance, from 0 to 1.");
    } = 1e-6;

    /// <summary>
    /// Added to every variance in each M-step, in squared data units: scikit-learn's reg_covar. Biases every covariance, and
    /// depends on the data's units; <see cref="VarianceFloor"/> does neither.
    /// </summary>
    /// <remarks>
    /// It enters as scatter, N_j times ridge in every direction, so that covariances stay of their family; in families whose components
    /// depend on one another as much more as it takes for no variance to be below it.
    /// </remarks>
    /// <value>The default is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative, NaN or infinite.</exception>
    public double Ridge
    {
        get;
        init => field = EstimatorOptions.NonNegative(value, nameof(Ridge));
    }

    /// <summary>
    /// What is believed of means and covariances beforehand. With a prior the fit is the posterior's mode; likelihood and criteria are
    /// those of the model at that mode, and <see cref="FitReport.LogLikelihoodTrace"/> is of the log posterior.
    /// </summary>
    /// <value>The default is <see cref="Prior.None"/>.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    public Prior Prior
    {
        get;
        init => field = value ?? throw Refuse.Null(nameof(Prior), "Prior is null. Use Prior.None for maximum likelihood.");
    } = Prior.None;

    /// <summary>
    /// Extrapolates EM's steps to reach its maximum in fewer passes over the data, most where components overlap and EM is slow.
    /// </summary>
    /// <value>The default is <see cref="Acceleration.None"/>.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    public Acceleration Acceleration
    {
        get;
        init => field = value ?? throw Refuse.Null(nameof(Acceleration), "Acceleration is null. Use for example Acceleration.None.");
    } = Acceleration.None;

    /// <summary>Chooses the random numbers of the starts. The same seed gives the same fit.</summary>
    /// <value>The default is 0.</value>
    public int Seed { get; init; }

    /// <summary>The most threads to use, at least 1, or null for one per core. Never changes the answer.</summary>
    /// <value>The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? MaxDegreeOfParallelism
    {
        get;
        init => field = EstimatorOptions.MaxDegreeOfParallelism(value);
    }

    /// <summary>Fits the mixture: chooses starts, iterates E and M from each, and returns the model of the highest log-likelihood.</summary>
    /// <param name="x">n x d: a <see cref="Matrix{T}"/>, <c>double[,]</c>, <c>double[][]</c> or <c>float[,]</c>. Not copied, not written to.</param>
    /// <param name="weights">n observation weights, finite and not negative, or null for all 1. A row of weight 0 is absent, whatever stands in it.</param>
    /// <param name="progress">Told of every iteration.</param>
    /// <param name="cancellationToken">Stops the fit within one iteration.</param>
    /// <returns>
    /// The model. Components are ordered by decreasing weight, unless the start gave them an order
    /// (<see cref="Initialization.FromModel"/>, <see cref="Initialization.FromLabels"/>).
    /// </returns>
    /// <exception cref="ArgumentNullException">x is null.</exception>
    /// <exception cref="ArgumentException">
    /// x has fewer rows (of positive weight) than components, or holds NaN or infinity (row and column are named); the variance of a column,
    /// or of a component in a column, leaves the range of a double (they are named); weights has another length than x, a negative or
    /// infinite entry, or none above 0; the start or the prior does not fit x or the covariance type.
    /// </exception>
    /// <exception cref="DegenerateCovarianceException">
    /// A component collapsed in every restart, with VarianceFloor and Ridge both 0.
    /// </exception>
    /// <exception cref="OperationCanceledException">cancellationToken was cancelled.</exception>
    public GaussianMixtureModel Fit(Observations x, Vector<double>? weights = null, IProgress<FitProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        long started = Stopwatch.GetTimestamp();
        EstimatorOptions.CheckRows(x.Count, Components);
        FitData data = FitData.Of(x, weights, MaxDegreeOfParallelism, cancellationToken);
        GaussianMixtureModel model = FitTo(data, progress, cancellationToken).Model;
        return model.With(model.Report! with { Elapsed = Stopwatch.GetElapsedTime(started) });
    }

    /// <summary>How long an extrapolated fit goes on. Searches have less of it where they only screen.</summary>
    internal Perseverance Perseverance { get; init; } = Perseverance.Full;

    /// <summary>Whether fits end at maxima of the likelihood, and of nothing else.</summary>
    internal bool MaximizesLikelihood => Prior == Prior.None && Ridge == 0;

    /// <summary>The same, to data made ready before: fits that differ in their options may share them.</summary>
    internal LikelihoodFit FitTo(FitData data, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        EstimatorOptions.CheckRows(data.Summary.PositiveRows, Components);
        (int atOnce, int each) = data.ShareOut(Initialization.CountStarts(Restarts), MaxDegreeOfParallelism);
        using Workers workers = new(each);
        MaximumLikelihood maximization = new(CovarianceType, Prior.For(data, CovarianceType, Components, workers, cancellationToken),
            new VarianceFloor(VarianceFloor, data.Scale), Math.ScaleB(Ridge, 2 * data.Packed.Packing.Exponent), workers);
        FitProblem problem = new(data.Packed, data.Scale, Components, CovarianceType, maximization, workers);
        LikelihoodAscent ascent = new(data, problem, maximization, Tolerance, MaxIterations, Acceleration, Perseverance);
        Best<LikelihoodFit> best = new Restarts<LikelihoodFit>(data, problem, Initialization, Seed, ascent)
            .Best(Restarts, atOnce, progress, cancellationToken);
        return best.Fit with { Model = best.Fit.Model.With(best.Report) };
    }
}
