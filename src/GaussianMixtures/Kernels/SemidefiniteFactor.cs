using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>Factors F of positive semidefinite matrices kept as <see cref="Triangle"/>s, singular ones too: W = F Fᵀ.</summary>
internal static class SemidefiniteFactor
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>
    /// A pivot that is left with less than this share of its diagonal has lost digits, and in the order of the rows all later ones would be
    /// divided by it.
    /// </summary>
    private const double WellDetermined = 1e-3;

    /// <summary>Numbers that fit on the stack: a square of 10 columns and one more.</summary>
    private const int Few = 128;

    /// <summary>
    /// A lower triangle. In the order of the rows where these are far from dependent; else largest share first, so that what is
    /// divided by is known well, and turned into a triangle then.
    /// </summary>
    /// <param name="triangle">W.</param>
    /// <param name="d">Its rows.</param>
    /// <param name="lower">Receives F.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lower(ReadOnlySpan<double> triangle, int d, Span<double> lower)
    {
        triangle.CopyTo(lower);
        if (Cholesky.TryFactor(lower, d, WellDetermined))
        {
            return;
        }

        int[] exponents = new int[d];
        for (int i = 0; i < d; i++)
        {
            double diagonal = triangle[Triangle.Index(i, i)];
            exponents[i] = double.IsNormal(diagonal) ? Math.ILogB(diagonal) >> 1 : 0;
        }

        for (int i = 0, at = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++, at++)
            {
                lower[at] = Math.ScaleB(triangle[at], -exponents[i] - exponents[j]);
            }
        }

        double[] columns = new double[d * d];
        Columns(lower, d, columns);
        MakeTriangular(columns, d);
        for (int i = 0, at = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++, at++)
            {
                lower[at] = Math.ScaleB(columns[(j * d) + i], exponents[i]);
            }
        }
    }

    /// <summary>
    /// The columns of F, one after another, largest pivot first: rows of very different sizes then shrink along each column, and
    /// rotations leave the digits of the small ones alone. A pivot that is rounding gives no column.
    /// </summary>
    /// <param name="triangle">W.</param>
    /// <param name="d">Its rows.</param>
    /// <param name="columns">Receives F; zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(ReadOnlySpan<double> triangle, int d, Span<double> columns)
    {
        double tolerance = 8 * d * Epsilon;
        bool isFew = d * (d + 1) <= Few;
        Span<double> pivots = isFew ? stackalloc double[Few] : new double[d * (d + 1)];
        Span<double> lower = pivots[d..];
        pivots = pivots[..d];
        for (int i = 0; i < d; i++)
        {
            pivots[i] = triangle[Triangle.Index(i, i)];
        }

        for (int c = 0; c < d; c++)
        {
            int pivot = IndexOfLargest(pivots);
            double diagonal = triangle[Triangle.Index(pivot, pivot)];
            ReadOnlySpan<double> row = lower.Slice(pivot * d, c);
            double rest = diagonal - VectorKernels.Best.Dot(row, row);
            pivots[pivot] = double.NegativeInfinity; // done
            if (!(rest > tolerance * diagonal))
            {
                continue;
            }

            double root = Math.Sqrt(rest);
            lower[(pivot * d) + c] = columns[(c * d) + pivot] = root;
            for (int i = 0; i < d; i++)
            {
                if (!double.IsNegativeInfinity(pivots[i]))
                {
                    double across = triangle[Triangle.Index(Math.Max(i, pivot), Math.Min(i, pivot))];
                    double value = (across - VectorKernels.Best.Dot(lower.Slice(i * d, c), row)) / root;
                    lower[(i * d) + c] = columns[(c * d) + i] = value;
                    pivots[i] -= value * value;
                }
            }
        }
    }

    /// <summary>Turns pairs of columns, which leaves F Fᵀ as it is, until row i has nothing beyond column i.</summary>
    private static void MakeTriangular(double[] columns, int d)
    {
        for (int i = 0; i < d; i++)
        {
            Span<double> own = columns.AsSpan(i * d, d);
            for (int c = i + 1; c < d; c++)
            {
                Span<double> other = columns.AsSpan(c * d, d);
                double length = Math.Sqrt((own[i] * own[i]) + (other[i] * other[i]));
                if (other[i] != 0 && length > 0)
                {
                    VectorKernels.Best.Rotate(own, other, own[i] / length, -other[i] / length);
                    other[i] = 0;
                }
            }
        }
    }

    private static int IndexOfLargest(ReadOnlySpan<double> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            largest = values[i] > values[largest] ? i : largest;
        }

        return largest;
    }
}
