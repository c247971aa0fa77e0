using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <content>Those of several small matrices at once.</content>
internal sealed partial class PrincipalAxes
{
    /// <summary>In more columns each matrix fills the registers by itself.</summary>
    private const int MostSideBySide = 32;

    /// <summary>Squared lengths so far apart that among their products, and squares of those, may be some that are no doubles.</summary>
    private const double Underflow = 1e-70;

    /// <summary>Doubles that several matrices need beside themselves.</summary>
    public static int ScratchLength(int matrices, int d) => d > MostSideBySide ? 0 : SideBySide.Width(matrices) * (1 + (d * (d + 1)));

    /// <summary>The same for one or several matrices.</summary>
    /// <param name="columns">
    /// The columns of a factor of each, d x d, as <see cref="SemidefiniteFactor.Columns"/> gives them; receives the axes, one after another.
    /// </param>
    /// <param name="values">Receives the eigenvalues of each, d.</param>
    /// <param name="d">The rows of a matrix.</param>
    /// <param name="scratch">Zeros, as many as <see cref="ScratchLength"/> says; of a single matrix none are needed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfFactors(Span<double> columns, Span<double> values, int d, Span<double> scratch)
    {
        int matrices = values.Length / d;
        for (int e = 0; e < values.Length; e++)
        {
            ReadOnlySpan<double> column = columns.Slice(e * d, d);
            values[e] = VectorKernels.Best.Dot(column, column);
        }

        if (matrices == 1 || d > MostSideBySide || !TrySweepSideBySide(columns, values, d, scratch))
        {
            for (int j = 0; j < matrices; j++)
            {
                for (int sweep = 0; sweep < MostSweeps && Sweep(columns.Slice(j * d * d, d * d), values.Slice(j * d, d)); sweep++)
                {
                }
            }
        }

        for (int j = 0; j < matrices; j++)
        {
            Sort(columns.Slice(j * d * d, d * d), values.Slice(j * d, d));
            Normalize(columns.Slice(j * d * d, d * d), values.Slice(j * d, d));
        }
    }

    /// <summary>
    /// All matrices at once, each in a unit of its own; false, and nothing done, where squares of the lengths are so far apart that they might
    /// underflow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TrySweepSideBySide(Span<double> columns, Span<double> squares, int d, Span<double> scratch)
    {
        int matrices = squares.Length / d;
        int width = SideBySide.Width(matrices);
        Span<double> units = scratch[..matrices];
        for (int j = 0; j < matrices; j++)
        {
            (double shortest, double longest) = Extremes(squares.Slice(j * d, d));
            if (!(shortest > Underflow * longest) || !double.IsNormal(longest))
            {
                return false;
            }

            units[j] = Math.ScaleB(1, Math.ILogB(longest) >> 1);
        }

        for (int j = 0; j < matrices; j++)
        {
            Rescale(columns.Slice(j * d * d, d * d), squares.Slice(j * d, d), 1 / units[j]);
        }

        Span<double> panel = scratch.Slice(width, d * d * width);
        Span<double> squaresPanel = scratch.Slice(width + panel.Length, d * width);
        SideBySide.Fill(columns, matrices, panel);
        SideBySide.Fill(squares, matrices, squaresPanel);
        VectorKernels.ForRows(width).Orthogonalize(panel, squaresPanel, d, MostSweeps);
        SideBySide.Read(panel, matrices, columns);
        SideBySide.Read(squaresPanel, matrices, squares);
        for (int j = 0; j < matrices; j++)
        {
            Rescale(columns.Slice(j * d * d, d * d), squares.Slice(j * d, d), units[j]);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Least, double Most) Extremes(ReadOnlySpan<double> values)
    {
        (double least, double most) = (values[0], values[0]);
        foreach (double value in values)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        return (least, most);
    }

    /// <summary>Columns in another unit, and their squares in the square of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rescale(Span<double> columns, Span<double> squares, double factor)
    {
        VectorKernels.Best.Multiply(columns, factor, columns);
        VectorKernels.Best.Multiply(squares, factor, squares);
        VectorKernels.Best.Multiply(squares, factor, squares);
    }
}
