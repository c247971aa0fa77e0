using GaussianMixtures.Data;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Scoring;

/// <summary>Parameters at the public door.</summary>
internal static class ParameterChecks
{
    private const double WeightTolerance = 1e-6;
    private const double SymmetryTolerance = 1e-9;

    /// <summary>Standard deviations whose squares are ordinary doubles, with room for sums.</summary>
    public const double LeastDeviation = 1e-154;
    public const double MostDeviation = 1e153;

    public static MixtureParameters Parameters(Vector<double> weights, Matrix<double> means,
        IReadOnlyList<Matrix<double>> covariances, CovarianceType type)
    {
        int d = means.ColumnCount;
        CheckWeights(weights);
        CheckMeans(means, weights.Count);
        if (covariances.Count != weights.Count)
        {
            throw Refuse.Argument(nameof(covariances),
                $"covariances has {covariances.Count} matrices for {weights.Count} weights. Pass one per component.");
        }

        List<Covariance> given = [];
        for (int j = 0; j < covariances.Count; j++)
        {
            given.Add(CheckedCovariance(covariances[j], j, d));
        }

        FamilyMembership membership = new(type, [.. given]);
        if (membership.FirstStranger() is int stranger)
        {
            (int row, int column) = membership.Farthest(stranger);
            throw Refuse.Argument(nameof(covariances),
                $"covariances of component {stranger} is {covariances[stranger][row, column]} in row {row}, column {column}, where the family {type} "
                + $"would have {membership.Estimates[stranger].ToMatrix()[row, column]}. Pass covariances of that family, or another covarianceType.");
        }

        double[] rows = new double[weights.Count * d];
        for (int j = 0; j < weights.Count; j++)
        {
            for (int i = 0; i < d; i++)
            {
                rows[(j * d) + i] = means[j, i];
            }
        }

        return new MixtureParameters(d, weights.ToArray(), rows, membership.Estimates);
    }

    /// <summary>Throws unless the weights are finite, not negative, and add up to 1.</summary>
    public static void CheckWeights(Vector<double> weights)
    {
        for (int j = 0; j < weights.Count; j++)
        {
            if (!(weights[j] >= 0) || !double.IsFinite(weights[j]))
            {
                throw Refuse.Argument(nameof(weights),
                    $"weights is {weights[j]} for component {j}. A weight lies between 0 and 1.");
            }
        }

        if (!(Math.Abs(weights.Sum() - 1) <= WeightTolerance))
        {
            throw Refuse.Argument(nameof(weights), $"weights add up to {weights.Sum()}. Divide them by their sum.");
        }
    }

    private static void CheckMeans(Matrix<double> means, int components)
    {
        if (means.RowCount != components)
        {
            throw Refuse.Argument(nameof(means),
                $"means has {means.RowCount} rows for {components} weights. Pass k x d, one row per component.");
        }

        foreach ((int row, int column, double value) in means.EnumerateIndexed())
        {
            if (!double.IsFinite(value))
            {
                throw Refuse.Argument(nameof(means), $"means is {value} in row {row}, column {column}. Pass finite values only.");
            }
        }
    }

    private static Covariance CheckedCovariance(Matrix<double> covariance, int component, int d)
    {
        const string covariances = nameof(covariances);
        if (covariance is null)
        {
            throw Refuse.Null(covariances, $"covariances has no matrix for component {component}: it is null.");
        }

        if (covariance.RowCount != d || covariance.ColumnCount != d)
        {
            throw Refuse.Argument(covariances,
                $"covariances is {covariance.RowCount} x {covariance.ColumnCount} for component {component}, and means has {d} columns. Pass d x d matrices.");
        }

        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                double value = covariance[i, j];
                double size = Math.Sqrt(Math.Abs(covariance[i, i])) * Math.Sqrt(Math.Abs(covariance[j, j]));
                if (!double.IsFinite(value))
                {
                    throw Refuse.Argument(covariances,
                        $"covariances is {value} in row {i}, column {j} of component {component}. Pass finite values only.");
                }

                if (!(Math.Abs(value - covariance[j, i]) <= SymmetryTolerance * size))
                {
                    throw Refuse.Argument(covariances,
                        $"covariances of component {component} is not symmetric: {value} in row {i}, column {j}, but {covariance[j, i]} in row {j}, column {i}.");
                }
            }
        }

        Covariance full = Covariance.Full(covariance);
        double[] scale = new double[d];
        for (int i = 0; i < d; i++)
        {
            scale[i] = Math.Sqrt(Math.Max(0, full.Variance(i)));
            if (full.Variance(i) > 0 && scale[i] is < LeastDeviation or > MostDeviation)
            {
                throw Refuse.Argument(covariances,
                    $"covariances is {full.Variance(i)} in row {i}, column {i} of component {component}, at the end of a double's range. "
                    + "Use units in which variances are nearer to 1.");
            }
        }

        int[] degenerate = full.DegenerateColumns(scale);
        return degenerate.Length == 0 ? full : throw Refuse.Argument(covariances,
            $"covariances of component {component} is not positive definite, because of column{(degenerate.Length == 1 ? "" : "s")} "
            + $"{string.Join(", ", degenerate)}. Pass a covariance whose eigenvalues are all positive.");
    }
}
