using GaussianMixtures.Covariances;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Priors;

/// <summary>What a user says of a prior, against the data's columns, and in the engine's units.</summary>
internal static class PriorChecks
{
    private const double SymmetryTolerance = 1e-9;

    /// <summary>The mean, or where there is none that of the data, about which they are packed.</summary>
    public static double[] Mean(Vector<double>? mean, string name, Packing packing)
    {
        double[] packed = new double[packing.Dimension];
        if (mean is null)
        {
            return packed;
        }

        if (mean.Count != packing.Dimension)
        {
            throw Refuse.Argument(name, $"{name} has {mean.Count} values for {packing.Dimension} columns of x. Pass one per column.");
        }

        packing.Pack(mean.ToArray(), packed);
        for (int i = 0; i < packed.Length; i++)
        {
            if (!double.IsFinite(packed[i]))
            {
                throw Refuse.Argument(name, $"{name} is {mean[i]} in column {i}. Pass finite values only, of the data's own size.");
            }
        }

        return packed;
    }

    /// <summary>The degrees of freedom, which a Wishart matrix needs more of than it has columns, less one.</summary>
    public static double DegreesOfFreedom(double value, string name, ConjugateCovariance spread, CovarianceType type, int dimension)
    {
        int least = spread.WishartDimension(dimension) - 1;
        return value > least && double.IsFinite(value) ? value : throw Refuse.Argument(name,
            $"{name} is {value}. With CovarianceType {type} and {dimension} columns it has to be above {least}: raise it, or leave it null.");
    }

    /// <summary>The matrix in the form that the covariance type gives to one component.</summary>
    public static Covariance Scale(Matrix<double> matrix, string name, CovarianceType type, Packing packing)
    {
        int d = packing.Dimension;
        if (matrix.RowCount != d || matrix.ColumnCount != d)
        {
            throw Refuse.Argument(name, $"{name} is {matrix.RowCount} x {matrix.ColumnCount} for {d} columns of x. Pass a d x d matrix.");
        }

        double[] scale = new double[d];
        for (int i = 0; i < d; i++)
        {
            scale[i] = Math.Sqrt(Math.Max(0, matrix[i, i]));
            for (int j = 0; j <= i; j++)
            {
                if (!double.IsFinite(matrix[i, j]) || !(Math.Abs(matrix[i, j] - matrix[j, i]) <= SymmetryTolerance * scale[i] * scale[j]))
                {
                    throw Refuse.Argument(name, $"{name} is {matrix[i, j]} in row {i}, column {j}, and {matrix[j, i]} in row {j}, column {i}. "
                        + "Pass a symmetric matrix of finite values.");
                }
            }
        }

        Covariance full = Covariance.Full(matrix);
        int[] degenerate = full.DegenerateColumns(scale);
        if (degenerate.Length > 0)
        {
            throw Refuse.Argument(name, $"{name} is not positive definite, because of column{(degenerate.Length == 1 ? "" : "s")} "
                + $"{string.Join(", ", degenerate)}. Pass a matrix whose eigenvalues are all positive.");
        }

        return InFormOf(type, full, 1).ScaleBy(packing.Exponent);
    }

    /// <summary>A multiple of a covariance, as the one that the type gives to a single component.</summary>
    public static Covariance InFormOf(CovarianceType type, Covariance covariance, double factor)
    {
        double[] triangle = covariance.ToTriangle();
        VectorKernels.Best.Multiply(triangle, factor, triangle);
        return type.Estimate(new ComponentCovariances([new FullCovariance(triangle, covariance.Dimension)]).ToScatters(type.ScatterShape, [1]))[0];
    }
}
