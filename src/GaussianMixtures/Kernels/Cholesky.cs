using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>Cholesky factorisation of symmetric matrices kept as <see cref="Triangle"/>s: A = L Lᵀ.</summary>
/// <remarks>
/// Our own and not MathNet's, whose provider is process-wide and replaceable: a fit must give the same bits whatever another
/// part of the program has configured.
/// </remarks>
internal static class Cholesky
{
    /// <summary>Columns whose scratch needs no heap.</summary>
    private const int Small = 32;

    /// <summary>
    /// Factors <paramref name="matrix"/> in place, row by row. False as soon as a pivot is not above
    /// <paramref name="tolerance"/> times the diagonal element it came from: that row depends on the earlier ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>x = L⁻¹x, for an x that is 0 before element <paramref name="first"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SolveForward(ReadOnlySpan<double> lower, Span<double> x, int first = 0)
    {
        for (int i = first; i < x.Length; i++)
        {
            ReadOnlySpan<double> row = lower.Slice(Triangle.Index(i, first), i - first + 1);
            x[i] = (x[i] - VectorKernels.Best.Dot(row[..^1], x[first..i])) / row[^1];
        }
    }

    /// <summary>x = L⁻ᵀx.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SolveBackward(ReadOnlySpan<double> lower, Span<double> x)
    {
        for (int i = x.Length - 1; i >= 0; i--)
        {
            x[i] /= lower[Triangle.Index(i, i)];
            for (int j = 0; j < i; j++)
            {
                x[j] -= lower[Triangle.Index(i, j)] * x[i];
            }
        }
    }

    /// <summary>tr(A⁻¹B) = |L⁻¹F|², where A = L Lᵀ is positive definite and B = F Fᵀ: a sum of squares, so nothing cancels.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double TraceOfQuotient(ReadOnlySpan<double> lower, ReadOnlySpan<double> factor, int d)
    {
        double trace = 0;
        Span<double> column = d <= Small ? stackalloc double[Small] : new double[d];
        for (int c = 0; c < d; c++)
        {
            for (int i = c; i < d; i++)
            {
                ReadOnlySpan<double> row = lower.Slice(Triangle.Index(i, 0), i + 1);
                double value = factor[Triangle.Index(i, c)] - VectorKernels.Best.Dot(row[c..^1], column[c..i]);
                column[i] = value / row[i];
                trace += column[i] * column[i];
            }
        }

        return trace;
    }

    /// <summary>log|L Lᵀ|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LogDeterminant(ReadOnlySpan<double> lower, int d)
    {
        ScaledProduct diagonal = new();
        for (int i = 0; i < d; i++)
        {
            diagonal.Multiply(lower[Triangle.Index(i, i)]);
        }

        return 2 * diagonal.Log;
    }

    /// <summary>L Lᵀ, as a triangle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(ReadOnlySpan<double> lower, int d, Span<double> product)
    {
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                product[Triangle.Index(i, j)] = VectorKernels.Best.Dot(
                    lower.Slice(Triangle.Index(i, 0), j + 1), lower.Slice(Triangle.Index(j, 0), j + 1));
            }
        }
    }
}
