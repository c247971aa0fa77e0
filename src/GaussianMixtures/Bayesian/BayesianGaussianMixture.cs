using System.Diagnostics;
using GaussianMixtures.Ascents;
using GaussianMixtures.Bayesian;
using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Initializations;
using GaussianMixtures.Priors;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>
/// Fits Gaussian mixtures by variational Bayes (Bishop 2006, Pattern Recognition and Machine Learning, section 10.2; with a Dirichlet process
/// Blei &amp; Jordan 2006, doi:10.1214/06-BA104). Given more components than there are clusters, it leaves the rest without weight: the data
/// decide how many there are. An immutable value, like <see cref="GaussianMixture"/>.
/// </summary>
/// <remarks>
/// <para>
/// The priors: of the weights, <see cref="WeightPrior"/>; μ_j | Λ_j ~ N(<see cref="MeanPrior"/>, (<see cref="MeanPrecisionPrior"/> · Λ_j)⁻¹); and the
/// precisions Λ_j with <see cref="DegreesOfFreedomPrior"/> ν₀ and <see cref="CovariancePrior"/> C₀ so that E Λ = ν₀ C₀⁻¹, conjugate to the covariance
/// type: for Full a Wishart matrix per component; for Tied one; for Diagonal, in each component and column, a gamma distribution of
/// shape ν₀/2 and rate C₀[i,i]/2; for Spherical one per component, of shape ν₀/2 and rate c₀/2, c₀ being the mean of C₀'s diagonal.
/// </para>
/// <para>
/// Posteriors and bound are exact for each type. With Full they are scikit-learn's; for the other types scikit-learn uses Full's expected
/// log-determinant, and for Tied averaged degrees of freedom, which maximises no bound.
/// </para>
/// </remarks>
public sealed record BayesianGaussianMixture
{
    private readonly Vector<double>? _meanPrior;
    private readonly Matrix<double>? _covariancePrior;
    private readonly WeightPrior? _weightPrior;

    /// <summary>Describes a fit of at most k components with default settings.</summary>
    /// <param name="components">k, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">components is below 1.</exception>
    public BayesianGaussianMixture(int components)
    {
        Components = components;
    }

    /// <summary>The most components that may be used, k, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Components
    {
        get;
        init => field = EstimatorOptions.Components(value);
    }

    /// <summary>What is believed of the weights.</summary>
    /// <value>The default is a Dirichlet process of concentration 1 / <see cref="Components"/>.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    public WeightPrior WeightPrior
    {
        get => _weightPrior ?? WeightPrior.DirichletProcess(1.0 / Components);
        init => _weightPrior = value ?? throw Refuse.Null(nameof(WeightPrior), "WeightPrior is null. Use for example WeightPrior.Dirichlet(1).");
    }

    /// <summary>
    /// How the components' covariances are estimated together: <see cref="CovarianceType.Full"/>, <see cref="CovarianceType.Tied"/>,
    /// <see cref="CovarianceType.Diagonal"/> or <see cref="CovarianceType.Spherical"/>.
    /// </summary>
    /// <value>The default is <see cref="CovarianceType.Full"/>.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    /// <exception cref="ArgumentException">Another type: its precisions have no conjugate prior.</exception>
    public CovarianceType CovarianceType
    {
        get;
        init
        {
            field = value ?? throw Refuse.Null(nameof(CovarianceType), "CovarianceType is null. Use for example CovarianceType.Full.");
            ConjugateTypes.Posterior(value);
        }
    } = CovarianceType.Full;

    /// <summary>κ, the number of observations that <see cref="MeanPrior"/> counts for, positive.</summary>
    /// <value>The default is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or not finite.</exception>
    public double MeanPrecisionPrior
    {
        get;
        init => field = CheckedPositive(value, nameof(MeanPrecisionPrior));
    } = 1;

    /// <summary>The means' expectation, d values in data units, or null for the data's mean. Copied.</summary>
    /// <value>The default is null.</value>
    public Vector<double>? MeanPrior
    {
        get => _meanPrior?.Clone();
        init => _meanPrior = value?.Clone();
    }

    /// <summary>
    /// ν₀, the degrees of freedom of the precisions' prior, or null for d: above d − 1 for Full and Tied, above 0 for Diagonal and Spherical.
    /// </summary>
    /// <value>The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or not finite.</exception>
    public double? DegreesOfFreedomPrior
    {
        get;
        init => field = value is double given ? CheckedPositive(given, nameof(DegreesOfFreedomPrior)) : null;
    }

    /// <summary>
    /// C₀, d x d in squared data units, symmetric and positive definite: ν₀ C₀⁻¹ is the expected precision. Null for the data's covariance
    /// (divisor n − 1), which is held above 1e-8 of the columns' variances. Diagonal uses the diagonal, Spherical its mean. Copied.
    /// </summary>
    /// <value>The default is null.</value>
    public Matrix<double>? CovariancePrior
    {
        get => _covariancePrior?.Clone();
        init => _covariancePrior = value?.Clone();
    }

    /// <summary>Where each restart begins: with the posterior of the start's responsibilities.</summary>
    /// <value>The default is <see cref="Initialization.KMeans"/>.</value>
    /// <exception cref="ArgumentNullException">null.</exception>
    public Initialization Initialization
    {
        get;
        init => field = EstimatorOptions.Initialization(value);
    } = Initialization.KMeans;

    /// <summary>How many starts to try, at least 1; the highest lower bound wins. A start that is not random is tried once.</summary>
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
    /// When to stop: once the lower bound per observation still to be gained, extrapolated from the last three iterations, is below this.
    /// 0 runs to <see cref="MaxIterations"/>.
    /// </summary>
    /// <remarks>
    /// Lower than for maximum likelihood: a component that is not needed empties over many iterations that gain little, and then much.
    /// </remarks>
    /// <value>The default is 1e-9.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative, NaN or infinite.</exception>
    public double Tolerance
    {
        get;
        init => field = EstimatorOptions.NonNegative(value, nameof(Tolerance));
    } = 1e-9;

    /// <summary>
    /// Added to the variances of each component's empirical covariance before the prior enters, in squared data units: scikit-learn's
    /// reg_covar. With the prior there is no need of it, and with it the lower bound may fall.
    /// </summary>
    /// <value>The default is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative, NaN or infinite.</exception>
    public double Ridge
    {
        get;
        init => field = EstimatorOptions.NonNegative(value, nameof(Ridge));
    }

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

    /// <summary>Fits the posterior from each start, and returns that of the highest lower bound.</summary>
    /// <param name="x">n x d: a <see cref="Matrix{T}"/>, <c>double[,]</c>, <c>double[][]</c> or <c>float[,]</c>. Not copied, not written to.</param>
    /// <param name="weights">
    /// n observation weights, finite and not negative, or null for all 1. They are counts: an observation of weight 2 is one that came twice,
    /// and the prior weighs less beside it. A row of weight 0 is absent, whatever stands in it.
    /// </param>
    /// <param name="progress">Told of every iteration; its log-likelihood is the lower bound.</param>
    /// <param name="cancellationToken">Stops the fit within one iteration.</param>
    /// <returns>
    /// The model. Components are ordered by decreasing weight, unless the start gave them an order
    /// (<see cref="Initialization.FromModel"/>, <see cref="Initialization.FromLabels"/>).
    /// </returns>
    /// <exception cref="ArgumentNullException">x is null.</exception>
    /// <exception cref="ArgumentException">
    /// x has fewer rows (of positive weight) than components, or holds NaN or infinity (row and column are named); the variance of a column,
    /// or of a component in a column, leaves the range of a double (they are named); weights has another length than x, a negative or
    /// infinite entry, or none above 0; the start or a prior does not fit x.
    /// </exception>
    /// <exception cref="OperationCanceledException">cancellationToken was cancelled.</exception>
    public BayesianGaussianMixtureModel Fit(Observations x, Vector<double>? weights = null, IProgress<FitProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        long started = Stopwatch.GetTimestamp();
        EstimatorOptions.CheckRows(x.Count, Components);
        FitData data = FitData.Of(x, weights, MaxDegreeOfParallelism, cancellationToken);
        EstimatorOptions.CheckRows(data.Summary.PositiveRows, Components);

        (int atOnce, int each) = data.ShareOut(Initialization.CountStarts(Restarts), MaxDegreeOfParallelism);
        using Workers workers = new(each);
        GaussianWishart prior = new PriorOptions(CovarianceType, MeanPrecisionPrior, _meanPrior, DegreesOfFreedomPrior, _covariancePrior)
            .For(data, workers, out int[] raised, cancellationToken);
        VariationalUpdate update = new(CovarianceType, ConjugateTypes.Posterior(CovarianceType), WeightPrior, prior)
        {
            Ridge = Math.ScaleB(Ridge, 2 * data.Packed.Packing.Exponent),
            WeightUnit = data.WeightUnit,
            StickOrder = Initialization.KeepsOrder ? StickOrder.AsGiven : StickOrder.ByDecreasing,
            Workers = workers,
            Diagnostics = PriorOptions.Diagnostics(raised, Components),
        };
        FitProblem problem = new(data.Packed, data.Scale, Components, CovarianceType, update, workers);
        VariationalAscent ascent = new(data, problem, Tolerance, MaxIterations);
        Best<BayesianGaussianMixtureModel> best = new Restarts<BayesianGaussianMixtureModel>(data, problem, Initialization, Seed, ascent)
            .Best(Restarts, atOnce, progress, cancellationToken);
        return new BayesianGaussianMixtureModel(best.Fit, best.Report with { Elapsed = Stopwatch.GetElapsedTime(started) });
    }

    private static double CheckedPositive(double value, string name) =>
        value > 0 && double.IsFinite(value) ? value : throw Refuse.OutOfRange(name, value,
            $"{name} is {value}. Use a finite value above 0.");
}
