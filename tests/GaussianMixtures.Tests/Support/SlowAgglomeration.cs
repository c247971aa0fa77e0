using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>
/// Model-based agglomeration as its papers write it, and as slow: before each joining every pair of clusters is tried, each criterion
/// from the clusters' rows. Rows must differ from one another.
/// </summary>
internal static class SlowAgglomeration
{
    /// <summary>The partition into k clusters for each k from 1 to n: [k − 1][row].</summary>
    public static int[][] Cuts(double[,] x, double[] weights)
    {
        double mean = weights.Average();
        double[] relative = [.. weights.Select(weight => weight / mean)];
        Vector<double>[] rows = Transformed(x, relative);
        double alpha = Scatter([.. Enumerable.Range(0, rows.Length)], rows, relative).Trace() / (rows.Length * rows[0].Count);
        List<int[]> clusters = [.. Enumerable.Range(0, rows.Length).Select(row => new[] { row })];
        int[][] cuts = new int[rows.Length][];
        for (int k = rows.Length; k >= 1; k--)
        {
            cuts[k - 1] = [.. Enumerable.Range(0, rows.Length).Select(row => clusters.FindIndex(cluster => cluster.Contains(row)))];
            if (k > 1)
            {
                (int i, int j) = Pairs(k).MinBy(pair =>
                    Term([.. clusters[pair.I], .. clusters[pair.J]], rows, relative, alpha)
                        - Term(clusters[pair.I], rows, relative, alpha) - Term(clusters[pair.J], rows, relative, alpha));
                clusters[i] = [.. clusters[i], .. clusters[j]];
                clusters.RemoveAt(j);
            }
        }

        return cuts;
    }

    private static IEnumerable<(int I, int J)> Pairs(int k) =>
        from i in Enumerable.Range(0, k) from j in Enumerable.Range(i + 1, k - i - 1) select (i, j);

    /// <summary>N log(|W / N| + (tr W + α) / N).</summary>
    private static double Term(int[] cluster, Vector<double>[] rows, double[] weights, double alpha)
    {
        double weight = cluster.Sum(row => weights[row]);
        Matrix<double> scatter = Scatter(cluster, rows, weights);
        return weight * Math.Log((scatter / weight).Determinant() + ((scatter.Trace() + alpha) / weight));
    }

    private static Matrix<double> Scatter(int[] cluster, Vector<double>[] rows, double[] weights)
    {
        int p = rows[0].Count;
        var mean = Vector<double>.Build.Dense(p);
        foreach (int row in cluster)
            mean += weights[row] / cluster.Sum(other => weights[other]) * rows[row];
        var scatter = Matrix<double>.Build.Dense(p, p);
        foreach (int row in cluster)
            scatter += weights[row] * (rows[row] - mean).OuterProduct(rows[row] - mean);
        return scatter;
    }

    /// <summary>X V D^−½, where X = U D Vᵀ are the columns about their means and by their deviations (of n − 1).</summary>
    private static Vector<double>[] Transformed(double[,] x, double[] weights)
    {
        int n = x.GetLength(0), d = x.GetLength(1);
        Matrix<double> standardized = Matrix<double>.Build.DenseOfArray(x);
        for (int j = 0; j < d; j++)
        {
            Vector<double> column = standardized.Column(j);
            column -= column.DotProduct(Vector<double>.Build.DenseOfArray(weights)) / n;
            column /= Math.Sqrt(column.Select((value, row) => weights[row] * value * value).Sum() / (n - 1));
            standardized.SetColumn(j, column);
        }

        Matrix<double> rooted = Matrix<double>.Build.Dense(n, d, (i, j) => Math.Sqrt(weights[i]) * standardized[i, j]);
        var svd = rooted.Svd();
        Matrix<double> transformed = standardized * svd.VT.Transpose() * Matrix<double>.Build.DenseOfDiagonalVector(svd.S.PointwisePower(-0.5));
        return [.. transformed.EnumerateRows()];
    }
}
