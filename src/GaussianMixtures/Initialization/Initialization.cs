using GaussianMixtures.Data;
using GaussianMixtures.Initializations;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>
/// Where a fit starts. EM climbs from its start to the nearest maximum, so the start decides which one. Derive to bring a
/// strategy of your own: override <see cref="CreateStart"/>.
/// </summary>
public abstract class Initialization
{
    /// <summary>
    /// k-means clusters (Lloyd's iterations from k-means++ seeds), each giving a component its weight, mean and covariance.
    /// The first start's seeds are greedy, those of further restarts are not, so that they differ more. Among standardised
    /// columns, unless the covariance type depends on their units. The default.
    /// </summary>
    public static Initialization KMeans { get; } = new KMeansInitialization(maxIterations: 300);

    /// <summary>
    /// k-means++ seeds alone (Arthur &amp; Vassilvitskii 2007): rows drawn far from one another, each row then counted to
    /// its nearest seed. Cheaper and more varied than <see cref="KMeans"/>.
    /// </summary>
    public static Initialization KMeansPlusPlus { get; } = new KMeansInitialization(maxIterations: 0);

    /// <summary>Means at rows drawn at random, equal weights, and the covariance of all the data for each component.</summary>
    public static Initialization RandomPoints { get; } = new RandomPointsInitialization();

    /// <summary>Every row belongs to every component by random shares. A poor start, kept for comparison.</summary>
    public static Initialization RandomResponsibilities { get; } = new RandomResponsibilitiesInitialization();

    /// <summary>
    /// Model-based agglomeration (Banfield &amp; Raftery 1993, doi:10.2307/2532201; Fraley 1998, doi:10.1137/S1064827596311451), where
    /// mclust begins: every row is a cluster at first, and the two that lose least likelihood by it are joined, until k are
    /// left, from which the M-step makes components. Needs no random numbers, and finds clusters of unequal size and spread.
    /// </summary>
    /// <remarks>
    /// Rows are compared along the principal axes of the standardised columns, each divided by the fourth root of its variance,
    /// and the criterion is that of components with full covariances, for every covariance type. So the units of the columns
    /// do not matter, also where the type itself depends on them. Of more than 2000 distinct rows (fewer where there are
    /// more than 67 columns) the tree takes a sample that depends neither on their order nor on the seed, and EM takes all from
    /// there. Growing it costs time in proportion to the square of that number. Where there are fewer distinct rows than
    /// components, the others begin empty.
    /// </remarks>
    public static Initialization Hierarchical { get; } = new HierarchicalInitialization();

    /// <summary>
    /// Whether another restart would start elsewhere. If not, one is made.
    /// </summary>
    /// <value>The default is true.</value>
    public virtual bool IsRandom => true;

    /// <summary>Whether the caller numbered the components and the fitted model is to keep that order.</summary>
    /// <value>The default is false: components are ordered by decreasing weight.</value>
    public virtual bool KeepsOrder => false;

    /// <summary>
    /// Many short runs of EM from <see cref="RandomPoints"/>, of which the best is gone on with (Biernacki, Celeux &amp; Govaert
    /// 2003, doi:10.1016/S0167-9473(02)00163-9): most maxima that are not worth climbing show it early. With
    /// <see cref="GaussianMixture.Restarts"/> the best few are gone on with: restart r takes the one of rank r, and once all have been
    /// taken, as many new runs are made.
    /// </summary>
    /// <param name="runs">How many short runs, at least 1. The default is 20.</param>
    /// <param name="iterations">EM iterations of each, at least 1. The default is 10.</param>
    /// <remarks>A run that collapses, which only a fit without floor and ridge lets it, is passed over.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">runs or iterations is below 1.</exception>
    public static Initialization ShortRuns(int runs = 20, int iterations = 10) => new ShortRunsInitialization(
        runs >= 1 ? runs : throw Refuse.OutOfRange(nameof(runs), runs, $"runs is {runs}. Make at least 1 short run."),
        iterations >= 1 ? iterations : throw Refuse.OutOfRange(nameof(iterations), iterations,
            $"iterations is {iterations}. Give each short run at least 1."));

    /// <summary>
    /// Starts from a model's parameters. The components keep its order. If the covariance type that is fitted does not contain the model's
    /// (<see cref="CovarianceType.Contains"/>), from one EM step after them.
    /// </summary>
    /// <param name="model">A model of k components and d columns.</param>
    /// <exception cref="ArgumentNullException">model is null.</exception>
    public static Initialization FromModel(GaussianMixtureModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new GivenStart(MixtureStart.FromModel(model), keepsOrder: true);
    }

    /// <summary>Starts with an M-step from hard labels. The components keep the labels' order.</summary>
    /// <param name="labels">n labels, each from 0 to k − 1, every one of which must occur. Copied.</param>
    /// <exception cref="ArgumentNullException">labels is null.</exception>
    public static Initialization FromLabels(int[] labels) => new GivenStart(MixtureStart.FromLabels(labels), keepsOrder: true);

    /// <summary>Starts with an M-step from responsibilities. The components keep the columns' order.</summary>
    /// <param name="responsibilities">n x k, not negative, each row adding up to 1. Copied.</param>
    /// <exception cref="ArgumentNullException">responsibilities is null.</exception>
    public static Initialization FromResponsibilities(Matrix<double> responsibilities) =>
        new GivenStart(MixtureStart.FromResponsibilities(responsibilities), keepsOrder: true);

    /// <summary>The starts that so many restarts make.</summary>
    internal int CountStarts(int restarts) => IsRandom ? restarts : 1;

    /// <summary>Makes the start of one restart. Called once per restart, possibly from several threads at a time.</summary>
    /// <param name="context">The data, what is to be fitted, and this restart's own random numbers.</param>
    protected internal abstract MixtureStart CreateStart(InitializationContext context);
}
