namespace GaussianMixtures.Kernels;

/// <summary>Cholesky factorisation of symmetric matrices kept as <see cref="Triangle"/>s: A = L Lᵀ.</summary>
/// <remarks>
/// Our own and not MathNet's, whose provider is process-wide and replaceable: a fit must give the same bits whatever another
/// part of the program has configured.
/// </remarks>
internal static class Cholesky
{
    /// <summary>
    /// Factors <paramref name="matrix"/> in place, row by row. False as soon as a pivot is not above
    /// <paramref name="tolerance"/> times the diagonal element it came from: that row depends on the earlier ones.
    /// </summary>
    public static bool TryFactor(Span<double> matrix, int d, double tolerance)
    {
        for (int i = 0; i < d; i++)
        {
            Span<double> row = matrix.Slice(Triangle.Index(i, 0), i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> earlier = matrix.Slice(Triangle.Index(j, 0), j + 1);
                row[j] = (row[j] - VectorKernels.Best.Dot(row[..j], earlier[..j])) / earlier[j];
            }

            double diagonal = row[i];
            double pivot = diagonal - VectorKernels.Best.Dot(row[..i], row[..i]);
            if (!(pivot > tolerance * diagonal) || !double.IsFinite(pivot))
            {
                return false;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>L Lᵀ, as a triangle.</summary>
    public static double[] Product(ReadOnlySpan<double> lower, int d)
    {
        double[] product = new double[lower.Length];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                product[Triangle.Index(i, j)] = VectorKernels.Best.Dot(
                    lower.Slice(Triangle.Index(i, 0), j + 1), lower.Slice(Triangle.Index(j, 0), j + 1));
            }
        }

        return product;
    }
}
