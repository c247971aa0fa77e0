using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using GaussianMixtures.Scoring;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>
/// A Gaussian mixture: weights w_j, means m_j and covariances Σ_j, with the density p(x) = Σ_j w_j N(x; m_j, Σ_j). Made by
/// <see cref="GaussianMixture.Fit"/> or <see cref="FromParameters"/>, complete from the start and immutable, so any number of
/// threads may ask it at once.
/// </summary>
/// <remarks>
/// All densities are computed in log space (log-sum-exp over log w_j − ½(d log 2π + log|Σ_j| + (x − m_j)ᵀΣ_j⁻¹(x − m_j))), by
/// triangular solves with the Cholesky factor of Σ_j. See McLachlan &amp; Peel, Finite Mixture Models (2000),
/// doi:10.1002/0471721182.
/// </remarks>
public class GaussianMixtureModel
{
    private readonly MixtureScorer _scorer;

    internal GaussianMixtureModel(MixtureParameters parameters, CovarianceType covarianceType, FitReport? report = null)
    {
        Parameters = parameters;
        CovarianceType = covarianceType;
        Report = report;
        _scorer = new MixtureScorer(parameters);
    }

    internal GaussianMixtureModel(GaussianMixtureModel model, FitReport report)
    {
        Parameters = model.Parameters;
        CovarianceType = model.CovarianceType;
        Report = report;
        _scorer = model._scorer;
    }

    /// <summary>The number of components, k.</summary>
    public int Components => Parameters.Components;

    /// <summary>The number of columns, d.</summary>
    public int Dimension => Parameters.Dimension;

    /// <summary>How the covariances were estimated together.</summary>
    public CovarianceType CovarianceType { get; }

    /// <summary>The k weights, not negative, adding up to 1. A copy.</summary>
    public Vector<double> Weights => Vector<double>.Build.DenseOfArray(Parameters.Weights);

    /// <summary>The means, k x d, in data units. A copy.</summary>
    public Matrix<double> Means => Matrix<double>.Build.DenseOfRowMajor(Components, Dimension, Parameters.Means);

    /// <summary>The k covariances, each d x d, in squared data units. Copies.</summary>
    public IReadOnlyList<Matrix<double>> Covariances => [.. Parameters.Covariances.Select(covariance => covariance.ToMatrix())];

    /// <summary>The number of free parameters: k − 1 weights, k·d means, and those of the covariance type.</summary>
    public int ParameterCount => CovarianceType.ParameterCount(Components, Dimension);

    /// <summary>How the model was fitted; null for one made by <see cref="FromParameters"/>.</summary>
    public FitReport? Report { get; }

    /// <summary>In data units.</summary>
    internal MixtureParameters Parameters { get; }

    /// <summary>Makes a model of known parameters.</summary>
    /// <param name="weights">k weights, not negative, adding up to 1 (to 1e-6).</param>
    /// <param name="means">k x d, in data units.</param>
    /// <param name="covariances">k symmetric positive definite matrices, d x d, in squared data units.</param>
    /// <param name="covarianceType">The family they belong to; <see cref="CovarianceType.Full"/> where null.</param>
    /// <exception cref="ArgumentNullException">weights, means or covariances is null.</exception>
    /// <exception cref="ArgumentException">
    /// Sizes differ; a value is NaN or infinite; weights are negative or do not add up to 1; a covariance is not symmetric, not
    /// positive definite, or not of the family.
    /// </exception>
    public static GaussianMixtureModel FromParameters(Vector<double> weights, Matrix<double> means,
        IReadOnlyList<Matrix<double>> covariances, CovarianceType? covarianceType = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(covariances);
        CovarianceType type = covarianceType ?? CovarianceType.Full;
        return new GaussianMixtureModel(ParameterChecks.Parameters(weights, means, covariances, type), type);
    }

    /// <summary>The most probable component of each row, counted from 0: n labels. Among equals the first.</summary>
    /// <param name="x">n x d.</param>
    /// <exception cref="ArgumentNullException">x is null.</exception>
    /// <exception cref="ArgumentException">x does not have d columns, or holds NaN or infinity (row and column are named).</exception>
    public int[] Predict(Observations x)
    {
        int[] labels = new int[CheckedCount(x)];
        _scorer.Evaluate(x, (in block, in workspace) =>
        {
            for (int s = 0; s < block.Count; s++)
            {
                labels[(int)block.FirstRow + s] = HardAssignment.HighestComponent(workspace.Responsibilities, Components, s);
            }
        });
        return labels;
    }

    /// <summary>The most probable component of one point, counted from 0. Allocates nothing.</summary>
    /// <param name="point">d values.</param>
    /// <exception cref="ArgumentException">point does not have d values, or holds NaN or infinity.</exception>
    public int Predict(ReadOnlySpan<double> point)
    {
        CheckPoint(point);
        return _scorer.HighestComponent(point);
    }

    /// <summary>The responsibilities P(component j | row i) = w_j p_j(x_i) / Σ_l w_l p_l(x_i): n x k, each row adding up to 1.</summary>
    /// <param name="x">n x d.</param>
    /// <exception cref="ArgumentNullException">x is null.</exception>
    /// <exception cref="ArgumentException">x does not have d columns, or holds NaN or infinity (row and column are named).</exception>
    public Matrix<double> PredictProba(Observations x)
    {
        int count = CheckedCount(x);
        Matrix<double> responsibilities = Matrix<double>.Build.Dense(count, Components);
        double[] columns = responsibilities.AsColumnMajorArray();
        _scorer.Share(x, (in block, in workspace) =>
        {
            for (int j = 0; j < Components; j++)
            {
                workspace.Responsibilities.Slice(j * Panel.Stride, block.Count).CopyTo(columns.AsSpan((j * count) + (int)block.FirstRow));
            }
        });
        return responsibilities;
    }

    /// <summary>The responsibilities of one point. Allocates nothing.</summary>
    /// <param name="point">d values.</param>
    /// <param name="responsibilities">Receives k values that add up to 1.</param>
    /// <exception cref="ArgumentException">
    /// point does not have d values, or holds NaN or infinity; responsibilities does not have k elements.
    /// </exception>
    public void PredictProba(ReadOnlySpan<double> point, Span<double> responsibilities)
    {
        CheckPoint(point);
        if (responsibilities.Length != Components)
        {
            throw Refuse.Argument(nameof(responsibilities),
                $"responsibilities has {responsibilities.Length} elements for {Components} components. Pass one per component.");
        }

        _scorer.SharePoint(point, responsibilities);
    }

    /// <summary>The log density log p(x_i) of each row: n values. A density, so it exceeds 0 where the data are dense.</summary>
    /// <param name="x">n x d.</param>
    /// <exception cref="ArgumentNullException">x is null.</exception>
    /// <exception cref="ArgumentException">x does not have d columns, or holds NaN or infinity (row and column are named).</exception>
    public Vector<double> ScoreSamples(Observations x)
    {
        double[] logDensities = new double[CheckedCount(x)];
        _scorer.Score(x, (in block, in workspace) =>
            workspace.LogDensities[..block.Count].CopyTo(logDensities.AsSpan((int)block.FirstRow)));
        return Vector<double>.Build.Dense(logDensities);
    }

    /// <summary>The log density log p(x) of one point. Allocates nothing.</summary>
    /// <param name="point">d values.</param>
    /// <exception cref="ArgumentException">point does not have d values, or holds NaN or infinity.</exception>
    public double ScoreSamples(ReadOnlySpan<double> point)
    {
        CheckPoint(point);
        return _scorer.ScorePoint(point);
    }

    /// <summary>How likely the rows are, all together.</summary>
    internal LogLikelihoods LogLikelihoods(Observations x, double[]? weights, Workers workers, CancellationToken cancellationToken)
    {
        CheckDimension(x);
        return LogLikelihoods(new PackedData(x, Packing.Identity(Dimension), weights), workers, cancellationToken);
    }

    /// <summary>The same of rows of as many columns, however they are packed.</summary>
    internal LogLikelihoods LogLikelihoods(PackedData rows, Workers workers, CancellationToken cancellationToken) =>
        _scorer.LogLikelihoods(rows, workers, cancellationToken);

    /// <summary>The same model, remembering how it was fitted.</summary>
    internal GaussianMixtureModel With(FitReport report) => new(this, report);

    private int CheckedCount(Observations x)
    {
        CheckDimension(x);
        if (x.Count > Array.MaxLength)
        {
            throw Refuse.Argument(nameof(x), $"x has {x.Count} rows, more than one result can hold. Pass them in parts.");
        }

        return (int)x.Count;
    }

    private void CheckDimension(Observations x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Dimension != Dimension)
        {
            throw Refuse.Argument(nameof(x),
                $"x has {x.Dimension} columns, the model {Dimension}. Pass the columns the model was fitted to, in their order.");
        }
    }

    private void CheckPoint(ReadOnlySpan<double> point)
    {
        if (point.Length != Dimension)
        {
            throw Refuse.Argument(nameof(point),
                $"point has {point.Length} values, the model {Dimension} columns. Pass the columns the model was fitted to, in their order.");
        }

        for (int i = 0; i < point.Length; i++)
        {
            if (!double.IsFinite(point[i]))
            {
                throw Refuse.Argument(nameof(point), $"point is {point[i]} in column {i}. Pass finite values only.");
            }
        }
    }
}
