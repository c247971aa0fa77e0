using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GaussianMixtures.Initializations;

/// <summary>
/// The rows of a sample along the principal axes of their standardised columns, each axis divided by the fourth root of its
/// variance: narrow axes gain, without becoming equal to the wide ones. Of several transformations the one that brings clusters
/// out best (Scrucca &amp; Raftery 2015, doi:10.1007/s11634-015-0220-z).
/// </summary>
/// <remarks>
/// Theirs is X V D^−½, where X = U D Vᵀ are the standardised columns, so variances come in units of 1 / √(n − 1), which decides
/// how <see cref="RowClusters"/> weighs determinants against traces. Here n counts distinct rows, and their weights are
/// relative to the mean: neither the unit of weights nor a copy of every row changes anything.
/// </remarks>
internal static class StandardizedAxes
{
    /// <summary>An axis with a smaller share of the largest variance is rounding.</summary>
    private const double Negligible = 1e-12;

    /// <summary>Keeps the logarithms of weights finite; a row of this weight says nothing already.</summary>
    private const double LeastWeight = 1e-100;

    /// <summary>The rows as clusters of their own.</summary>
    public static RowClusters Of(StartSample sample)
    {
        double mean = sample.Weights.Average();
        double[] weights = Array.ConvertAll(sample.Weights, weight => Math.Max(weight / mean, LeastWeight));
        double[][] columns = [.. Enumerable.Range(0, sample.Data.Dimension)
            .Select(column => Standardized(sample.Column(column), weights))];
        double[][] directions = Directions(columns, weights);
        return new RowClusters(Project(columns, directions, weights.Length), weights, directions.Length);
    }

    /// <summary>About the mean, in units of the standard deviation; a column without any is 0, and so has no axis.</summary>
    private static double[] Standardized(double[] column, double[] weights)
    {
        double origin = column[0];
        double mean = origin + (column.Zip(weights, (value, weight) => weight * (value - origin)).Sum() / weights.Length);
        double[] centred = Array.ConvertAll(column, value => value - mean);
        double deviation = Math.Sqrt(centred.Zip(weights, (value, weight) => weight * value * value).Sum() / weights.Length);
        return deviation > 0 ? Array.ConvertAll(centred, value => value / deviation) : centred;
    }

    /// <summary>The axes, each as long as coordinates along it are to be multiplied by.</summary>
    private static double[][] Directions(double[][] columns, double[] weights)
    {
        double[] roots = Array.ConvertAll(weights, Math.Sqrt);
        double[][] weighted = Array.ConvertAll(columns, column => column.Zip(roots, (value, root) => value * root).ToArray());
        Matrix<double> correlations = Matrix<double>.Build.Dense(columns.Length, columns.Length, (i, j) =>
            VectorKernels.Best.Dot(weighted[i], weighted[j]) / weights.Length);
        Evd<double> eigen = correlations.Evd(Symmetricity.Symmetric);
        double largest = eigen.EigenValues.Max(value => value.Real);
        double unit = Math.Sqrt(Math.Sqrt(weights.Length - 1) / weights.Length);
        return [.. Enumerable.Range(0, columns.Length)
            .Where(axis => eigen.EigenValues[axis].Real > Negligible * largest)
            .Select(axis => (eigen.EigenVectors.Column(axis) * (unit / Math.Sqrt(Math.Sqrt(eigen.EigenValues[axis].Real)))).ToArray())];
    }

    /// <summary>The coordinates of each row along the directions, row after row.</summary>
    private static double[] Project(double[][] columns, double[][] directions, int rows)
    {
        double[] coordinates = new double[rows * directions.Length];
        double[] values = new double[columns.Length];
        for (int row = 0, at = 0; row < rows; row++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = columns[i][row];
            }

            foreach (double[] direction in directions)
            {
                coordinates[at++] = VectorKernels.Best.Dot(values, direction);
            }
        }

        return coordinates;
    }
}
