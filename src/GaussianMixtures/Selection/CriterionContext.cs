using GaussianMixtures.Initializations;
using GaussianMixtures.Selection;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>What a <see cref="Criterion"/> has to judge by.</summary>
public sealed class CriterionContext
{
    internal CriterionContext(GaussianMixtureModel model, GaussianMixture estimator, InformationCriteria criteria, FitData data,
        CancellationToken cancellationToken)
    {
        Model = model;
        Estimator = estimator;
        Criteria = criteria;
        Data = data;
        CancellationToken = cancellationToken;
    }

    /// <summary>The candidate, fitted to all rows.</summary>
    public GaussianMixtureModel Model { get; }

    /// <summary>
    /// How it is fitted, to the end, also while it is only screened: call <see cref="GaussianMixture.Fit"/> to fit the same to other rows. Where
    /// the candidate went on from another's model, this is what had fitted it before: that model has seen all rows.
    /// </summary>
    public GaussianMixture Estimator { get; }

    /// <summary>The data, n x d.</summary>
    public Observations Observations => Data.Observations;

    /// <summary>The n observation weights, or null where all are 1.</summary>
    public Vector<double>? Weights => Data.Weights;

    /// <summary>The number of observations, n; with weights, their sum.</summary>
    public double Size => Criteria.Size;

    /// <summary>Σ_i weight_i · log p(x_i).</summary>
    public double LogLikelihood => Criteria.LogLikelihood;

    /// <summary>
    /// Σ_i weight_i · log(w_j p_j(x_i)), where j is row i's likeliest component: the log-likelihood if the labels were known.
    /// </summary>
    public double ClassificationLogLikelihood => Criteria.ClassificationLogLikelihood;

    /// <summary>Cancels the search.</summary>
    public CancellationToken CancellationToken { get; }

    internal InformationCriteria Criteria { get; }

    internal FitData Data { get; }
}
