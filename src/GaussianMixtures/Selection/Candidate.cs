using GaussianMixtures.Selection;

namespace GaussianMixtures;

/// <summary>One number of components and one covariance type: what came of fitting them. Immutable.</summary>
public sealed record Candidate
{
    internal Candidate()
    {
    }

    /// <summary>The number of components, k.</summary>
    public required int Components { get; init; }

    /// <summary>The covariance type.</summary>
    public required CovarianceType CovarianceType { get; init; }

    /// <summary>The number of free parameters, p.</summary>
    public required int ParameterCount { get; init; }

    /// <summary>The fitted model; null where the fit failed.</summary>
    public GaussianMixtureModel? Model { get; internal init; }

    /// <summary>Why there is no <see cref="Value"/>; null where there is one.</summary>
    public string? Failure { get; internal init; }

    /// <summary>
    /// Whether the model was fitted as the estimator says. False where it was only screened (<see cref="ModelSelection.ScreeningTolerance"/>),
    /// because others lead, and where <see cref="FitReport.Converged"/> speaks of that tolerance; all that lead are finished.
    /// </summary>
    public bool IsFinished { get; internal init; }

    /// <summary>What the criterion says: lower is better. NaN where the candidate failed.</summary>
    public double Value { get; internal init; } = double.NaN;

    /// <summary>Σ_i weight_i · log p(x_i); NaN without a model.</summary>
    public double LogLikelihood => Criteria?.LogLikelihood ?? double.NaN;

    /// <summary>As <see cref="ModelScores.Bic"/>; NaN without a model.</summary>
    public double Bic => Criteria?.Bic ?? double.NaN;

    /// <summary>As <see cref="ModelScores.Aic"/>; NaN without a model.</summary>
    public double Aic => Criteria?.Aic ?? double.NaN;

    /// <summary>As <see cref="ModelScores.Aicc"/>; NaN without a model.</summary>
    public double Aicc => Criteria?.Aicc ?? double.NaN;

    /// <summary>As <see cref="ModelScores.Icl"/>; NaN without a model.</summary>
    public double Icl => Criteria?.Icl ?? double.NaN;

    /// <summary>
    /// Whether the fit was held at the variance floor, or left a component empty: then the likelihood, and every criterion with it,
    /// measures the floor and not the data. <see cref="FitReport.Diagnostics"/> of the model says where.
    /// </summary>
    public bool IsDegenerate => Model?.Report!.Diagnostics.Count > 0;

    internal InformationCriteria? Criteria { get; init; }
}
