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
    /// Whether another restart would start elsewhere. If not, one is made.
    /// </summary>
    /// <value>The default is true.</value>
    public virtual bool IsRandom => true;

    /// <summary>Whether the caller numbered the components and the fitted model is to keep that order.</summary>
    /// <value>The default is false: components are ordered by decreasing weight.</value>
    public virtual bool KeepsOrder => false;

    /// <summary>Starts from a model's parameters. The components keep its order.</summary>
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

    /// <summary>Makes the start of one restart. Called once per restart, possibly from several threads at a time.</summary>
    /// <param name="context">The data, what is to be fitted, and this restart's own random numbers.</param>
    protected internal abstract MixtureStart CreateStart(InitializationContext context);
}
