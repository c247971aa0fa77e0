using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// A lower triangular factor L in the order in which <see cref="TriangularSolve{V}"/> reads it: four rows at a time, first
/// −L[i..i+3, j] for each earlier column j, then the 4 x 4 triangle (off the diagonal −L, on it 1 / L[i,i]); rows left over
/// one by one, −L[i, 0..i−1] then 1 / L[i,i]. Negated so that substitution only adds, inverted so that it only multiplies.
/// </summary>
internal static class PackedFactor
{
    /// <summary>Up to so many columns nothing stands before the first group's triangle, and the order is that of the rows.</summary>
    public const int MostInRows = 7;

    /// <summary>
    /// Packs L, given as rows of its lower triangle one after another (row i starts at i(i + 1) / 2), into an array of that length.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(ReadOnlySpan<double> lower, int d, Span<double> packed)
    {
        int at = 0;
        int i = 0;
        for (; i + 4 <= d; i += 4)
        {
            for (int j = 0; j < i; j++)
            {
                for (int r = i; r < i + 4; r++)
                {
                    packed[at++] = -lower[Triangle.Index(r, j)];
                }
            }

            for (int r = i; r < i + 4; r++)
            {
                at = PackRow(lower, r, from: i, packed, at);
            }
        }

        for (; i < d; i++)
        {
            at = PackRow(lower, i, from: 0, packed, at);
        }
    }

    /// <summary>
    /// What <see cref="Cholesky.TryFactor"/> and <see cref="Pack"/> do one after the other, to the same bits: in at most
    /// <see cref="MostInRows"/> columns the packed order is that of the rows.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryFactor(ReadOnlySpan<double> matrix, int d, double tolerance, Span<double> packed)
    {
        Span<double> diagonal = stackalloc double[MostInRows];
        for (int i = 0, row = 0; i < d; row += ++i)
        {
            double squares = 0;
            for (int j = 0, earlier = 0; j < i; earlier += ++j)
            {
                double product = 0;
                for (int c = 0; c < j; c++)
                {
                    product += packed[row + c] * packed[earlier + c];
                }

                double value = (matrix[row + j] - product) / diagonal[j];
                packed[row + j] = -value;
                squares += value * value;
            }

            double whole = matrix[row + i];
            double pivot = whole - squares;
            if (!(pivot > tolerance * whole) || !double.IsFinite(pivot))
            {
                return false;
            }

            diagonal[i] = Math.Sqrt(pivot);
            packed[row + i] = 1 / diagonal[i];
        }

        return true;
    }

    /// <summary>log|L Lᵀ|, in at most <see cref="MostInRows"/> columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LogDeterminant(ReadOnlySpan<double> packed, int d)
    {
        ScaledProduct inverse = new();
        for (int i = 0; i < d; i++)
        {
            inverse.Multiply(packed[Triangle.Index(i, i)]);
        }

        return -2 * inverse.Log;
    }

    /// <summary>solution = L⁻¹x for one point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(ReadOnlySpan<double> packed, ReadOnlySpan<double> x, Span<double> solution)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double sum = x[i];
            for (int j = 0; j < i; j++)
            {
                sum += packed[Index(i, j, x.Length)] * solution[j];
            }

            solution[i] = sum * packed[Index(i, i, x.Length)];
        }
    }

    /// <summary>
    /// tr(A⁻¹B) = |L⁻¹F|², where B = F Fᵀ and F is given as rows of its lower triangle. In few columns the packed order is that of the rows,
    /// and multiplying by what is inverted already takes half the time of <see cref="Cholesky.TraceOfQuotient"/>.
    /// </summary>
    /// <param name="packed">L, of at most <see cref="MostInRows"/> columns.</param>
    /// <param name="factor">F.</param>
    /// <param name="d">The columns.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double TraceOfQuotient(ReadOnlySpan<double> packed, ReadOnlySpan<double> factor, int d)
    {
        double trace = 0;
        Span<double> column = stackalloc double[MostInRows];
        for (int c = 0; c < d; c++)
        {
            for (int i = c; i < d; i++)
            {
                int row = Triangle.Index(i, 0);
                double sum = factor[row + c];
                for (int j = c; j < i; j++)
                {
                    sum += packed[row + j] * column[j];
                }

                double value = sum * packed[row + i];
                column[i] = value;
                trace += value * value;
            }
        }

        return trace;
    }

    /// <summary>tr(A⁻¹B) for the diagonal matrix B of the squares of <paramref name="scale"/>, in at most <see cref="MostInRows"/> columns.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double TraceOfQuotient(ReadOnlySpan<double> packed, ReadOnlySpan<double> scale)
    {
        double trace = 0;
        Span<double> column = stackalloc double[MostInRows];
        for (int c = 0; c < scale.Length; c++)
        {
            int row = Triangle.Index(c, 0);
            double value = scale[c] * packed[row + c];
            column[c] = value;
            trace += value * value;
            for (int i = c + 1; i < scale.Length; i++)
            {
                row += i;
                double sum = 0;
                for (int j = c; j < i; j++)
                {
                    sum += packed[row + j] * column[j];
                }

                value = sum * packed[row + i];
                column[i] = value;
                trace += value * value;
            }
        }

        return trace;
    }

    /// <summary>L again, as rows of its lower triangle one after another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unpack(ReadOnlySpan<double> packed, int d, Span<double> lower)
    {
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < i; j++)
            {
                lower[Triangle.Index(i, j)] = -packed[Index(i, j, d)];
            }

            lower[Triangle.Index(i, i)] = 1 / packed[Index(i, i, d)];
        }
    }

    /// <summary>Where element (row, column) stands. The rows before a group fill a whole triangle.</summary>
    private static int Index(int row, int column, int d)
    {
        if (row >= (d & ~3))
        {
            return Triangle.Index(row, column);
        }

        int group = row & ~3;
        int start = Triangle.Length(group);
        return column < group
            ? start + (4 * column) + (row - group)
            : start + (4 * group) + Triangle.Index(row - group, column - group);
    }

    private static int PackRow(ReadOnlySpan<double> lower, int row, int from, Span<double> packed, int at)
    {
        for (int j = from; j < row; j++)
        {
            packed[at++] = -lower[Triangle.Index(row, j)];
        }

        packed[at++] = 1 / lower[Triangle.Index(row, row)];
        return at;
    }
}
