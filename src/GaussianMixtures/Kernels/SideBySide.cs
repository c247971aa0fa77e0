using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// The layout of what components hold of one kind, and are all treated the same: value i of every component stands in row i, one component beside
/// the other. Components are few and their own rows short; so registers are full all the same.
/// </summary>
internal static class SideBySide
{
    /// <summary>A row of so many, or fewer, is one narrow register.</summary>
    public const int Narrow = 4;

    /// <summary>The widest register.</summary>
    private const int Widest = 8;

    /// <summary>The length of a row: whole registers. What stands in it after the last component is zero.</summary>
    public static int Width(int components) => components <= Narrow ? Narrow : (components + Widest - 1) / Widest * Widest;

    /// <summary>Lays out values that stand one component after another.</summary>
    /// <param name="values">k times as many as there are rows.</param>
    /// <param name="components">k.</param>
    /// <param name="panel">Zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ReadOnlySpan<double> values, int components, Span<double> panel)
    {
        int width = Width(components);
        int rows = values.Length / components;
        for (int j = 0; j < components; j++)
        {
            ReadOnlySpan<double> own = values.Slice(j * rows, rows);
            for (int i = 0, at = j; i < own.Length; i++, at += width)
            {
                panel[at] = own[i];
            }
        }
    }

    /// <summary>The way back.</summary>
    /// <param name="panel">What <see cref="Fill"/> fills.</param>
    /// <param name="components">k.</param>
    /// <param name="values">Receives one component after another.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(ReadOnlySpan<double> panel, int components, Span<double> values)
    {
        int width = Width(components);
        int rows = values.Length / components;
        for (int j = 0; j < components; j++)
        {
            Span<double> own = values.Slice(j * rows, rows);
            for (int i = 0, at = j; i < own.Length; i++, at += width)
            {
                own[i] = panel[at];
            }
        }
    }
}

/// <summary>What is done with lower triangles that stand side by side.</summary>
internal static class SideBySide<V>
    where V : struct, ILanes<V>
{
    /// <summary>tr((L Lᵀ)⁻¹ F_j F_jᵀ) = |L⁻¹F_j|²: a sum of squares, so nothing cancels.</summary>
    /// <param name="lower">L.</param>
    /// <param name="factors">The F_j, side by side.</param>
    /// <param name="d">Rows of L.</param>
    /// <param name="scratch">d rows.</param>
    /// <param name="traces">Receives one for each component, and zeros to the end of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TracesOfQuotient(ReadOnlySpan<double> lower, ReadOnlySpan<double> factors, int d, Span<double> scratch, Span<double> traces)
    {
        int width = traces.Length;
        ref readonly double f = ref factors[..(Triangle.Length(d) * width)][0];
        ref double column = ref scratch[..(d * width)][0];
        ref double t = ref traces[0];
        for (int s = 0; s < width; s += V.Count)
        {
            V trace = V.Zero;
            for (int c = 0; c < d; c++)
            {
                for (int i = c, row = Triangle.Index(c, 0); i < d; row += ++i)
                {
                    V sum = V.Load(in f, ((row + c) * width) + s);
                    for (int j = c; j < i; j++)
                    {
                        sum -= V.Broadcast(lower[row + j]) * V.Load(in column, (j * width) + s);
                    }

                    sum /= V.Broadcast(lower[row + i]);
                    sum.Store(ref column, (i * width) + s);
                    trace = V.MultiplyAdd(sum, sum, trace);
                }
            }

            trace.Store(ref t, s);
        }
    }
}
