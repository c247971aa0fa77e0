using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Initializations;
using GaussianMixtures.Scoring;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>A start for EM, in one of the forms a strategy may find it in. Immutable.</summary>
public abstract class MixtureStart
{
    private protected MixtureStart()
    {
    }

    /// <summary>
    /// The parameters of a model; where the covariance type that is fitted does not contain the model's (<see cref="CovarianceType.Contains"/>), what
    /// one EM step makes of them.
    /// </summary>
    /// <param name="model">A model of k components and d columns.</param>
    /// <exception cref="ArgumentNullException">model is null.</exception>
    public static MixtureStart FromModel(GaussianMixtureModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelStart(model);
    }

    /// <summary>Centres, in data units: each row goes to the nearest, and an M-step follows.</summary>
    /// <param name="means">k x d. Copied.</param>
    /// <exception cref="ArgumentNullException">means is null.</exception>
    public static MixtureStart FromMeans(Matrix<double> means)
    {
        ArgumentNullException.ThrowIfNull(means);
        return new MeansStart(means.Clone());
    }

    /// <summary>Hard labels, followed by an M-step.</summary>
    /// <param name="labels">n labels, each from 0 to k − 1. Copied.</param>
    /// <exception cref="ArgumentNullException">labels is null.</exception>
    public static MixtureStart FromLabels(int[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return new LabelsStart((int[])labels.Clone());
    }

    /// <summary>Responsibilities, followed by an M-step.</summary>
    /// <param name="responsibilities">n x k, not negative, each row adding up to 1. Copied.</param>
    /// <exception cref="ArgumentNullException">responsibilities is null.</exception>
    public static MixtureStart FromResponsibilities(Matrix<double> responsibilities)
    {
        ArgumentNullException.ThrowIfNull(responsibilities);
        return new ResponsibilitiesStart(responsibilities.Clone());
    }

    /// <summary>The parameters to begin with, in the engine's units.</summary>
    internal abstract MixtureParameters Parameters(FitProblem problem, CancellationToken cancellationToken);

    private protected static void CheckSize(string name, string what, long given, string of, long needed)
    {
        if (given != needed)
        {
            throw Refuse.Argument(name, $"{name} has {given} {what} for {needed} {of}. Pass one per {of.TrimEnd('s')}.");
        }
    }
}
