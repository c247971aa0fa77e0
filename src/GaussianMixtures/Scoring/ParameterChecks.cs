using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Scoring;

/// <summary>Parameters at the public door.</summary>
internal static class ParameterChecks
{
    private const double WeightTolerance = 1e-6;
    private const double SymmetryTolerance = 1e-9;
    private const double FamilyTolerance = 1e-9;

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

        List<double[]> triangles = [];
        for (int j = 0; j < covariances.Count; j++)
        {
            triangles.Add(CheckedTriangle(covariances[j], j, d));
        }

        IReadOnlyList<Covariance> estimates = type.Estimate(ComponentScatters.OfMatrices(type.ScatterShape, d, triangles));
        for (int j = 0; j < covariances.Count; j++)
        {
            CheckFamily(estimates[j], triangles[j], j, type);
        }

        double[] rows = new double[weights.Count * d];
        for (int j = 0; j < weights.Count; j++)
        {
            for (int i = 0; i < d; i++)
            {
                rows[(j * d) + i] = means[j, i];
            }
        }

        return new MixtureParameters(d, weights.ToArray(), rows, estimates);
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

    private static double[] CheckedTriangle(Matrix<double> covariance, int component, int d)
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

        IReadOnlyList<int> degenerate = full.DegenerateColumns(scale);
        return degenerate.Count == 0 ? full.ToTriangle() : throw Refuse.Argument(covariances,
            $"covariances of component {component} is not positive definite, because of column{(degenerate.Count == 1 ? "" : "s")} "
            + $"{string.Join(", ", degenerate)}. Pass a covariance whose eigenvalues are all positive.");
    }

    /// <summary>Whether the covariances are what the family would estimate from themselves.</summary>
    public static bool AreOf(CovarianceType type, MixtureParameters parameters)
    {
        double[][] triangles = [.. parameters.Covariances.Select(covariance => covariance.ToTriangle())];
        IReadOnlyList<Covariance> estimates =
            type.Estimate(ComponentScatters.OfMatrices(type.ScatterShape, parameters.Dimension, triangles));
        return Enumerable.Range(0, triangles.Length).All(j => FirstDifference(estimates[j], triangles[j]) is null);
    }

    private static void CheckFamily(Covariance estimate, double[] given, int component, CovarianceType type)
    {
        if (FirstDifference(estimate, given) is (int i, int j))
        {
            int at = Triangle.Index(i, j);
            throw Refuse.Argument("covariances",
                $"covariances of component {component} is {given[at]} in row {i}, column {j}, where the family {type} would have "
                + $"{estimate.ToTriangle()[at]}. Pass covariances of that family, or another covarianceType.");
        }
    }

    private static (int Row, int Column)? FirstDifference(Covariance estimate, double[] given)
    {
        double[] allowed = estimate.ToTriangle();
        for (int i = 0; i < estimate.Dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                int at = Triangle.Index(i, j);
                double size = Math.Sqrt(estimate.Variance(i)) * Math.Sqrt(estimate.Variance(j));
                if (!(Math.Abs(allowed[at] - given[at]) <= FamilyTolerance * size))
                {
                    return (i, j);
                }
            }
        }

        return null;
    }
}
