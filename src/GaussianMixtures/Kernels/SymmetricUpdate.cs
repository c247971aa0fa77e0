using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GaussianMixtures.Kernels;

/// <summary>
/// scatter += Σ_s r[s] (x_s − c)(x_s − c)ᵀ, lower triangle: the symmetric M kernel. d² flops per sample.
/// </summary>
/// <remarks>
/// First Z = √r (x − c), which also yields the first moments Σ √r Z; then Z Zᵀ in dot form: a tile is 4 rows x 3 columns,
/// its twelve accumulators run along the samples and are folded over their lanes once a block.
/// </remarks>
internal static class SymmetricUpdate<V>
    where V : struct, ILanes<V>
{
    /// <summary>roots[s] = √weights[s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Roots(ReadOnlySpan<double> weights, int width, Span<double> roots)
    {
        ref readonly double w = ref weights[0];
        ref double q = ref roots[0];
        for (int s = 0; s < width; s += V.Count)
        {
            V.Sqrt(V.Load(in w, s)).Store(ref q, s);
        }
    }

    /// <summary>z[i,s] = roots[s] (x[i,s] − c[i]) and first[i] += Σ_s roots[s] z[i,s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(ReadOnlySpan<double> panel, ReadOnlySpan<double> centre, ReadOnlySpan<double> roots, int width,
        Span<double> scaled, Span<double> first)
    {
        ref readonly double x = ref panel[0];
        ref readonly double q = ref roots[0];
        ref double z = ref scaled[0];
        int d = centre.Length;
        int i = 0;
        for (; i + 4 <= d; i += 4)
        {
            V c0 = V.Broadcast(centre[i]), c1 = V.Broadcast(centre[i + 1]);
            V c2 = V.Broadcast(centre[i + 2]), c3 = V.Broadcast(centre[i + 3]);
            V f0 = V.Zero, f1 = V.Zero, f2 = V.Zero, f3 = V.Zero;
            int row = i * Panel.Stride;
            for (int s = 0; s < width; s += V.Count)
            {
                V root = V.Load(in q, s);
                V u = root * (V.Load(in x, row + s) - c0);
                u.Store(ref z, row + s);
                f0 = V.MultiplyAdd(root, u, f0);
                u = root * (V.Load(in x, row + Panel.Stride + s) - c1);
                u.Store(ref z, row + Panel.Stride + s);
                f1 = V.MultiplyAdd(root, u, f1);
                u = root * (V.Load(in x, row + (2 * Panel.Stride) + s) - c2);
                u.Store(ref z, row + (2 * Panel.Stride) + s);
                f2 = V.MultiplyAdd(root, u, f2);
                u = root * (V.Load(in x, row + (3 * Panel.Stride) + s) - c3);
                u.Store(ref z, row + (3 * Panel.Stride) + s);
                f3 = V.MultiplyAdd(root, u, f3);
            }

            first[i] += f0.Sum();
            first[i + 1] += f1.Sum();
            first[i + 2] += f2.Sum();
            first[i + 3] += f3.Sum();
        }

        for (; i < d; i++)
        {
            V c0 = V.Broadcast(centre[i]);
            V f0 = V.Zero;
            int row = i * Panel.Stride;
            for (int s = 0; s < width; s += V.Count)
            {
                V root = V.Load(in q, s);
                V u = root * (V.Load(in x, row + s) - c0);
                u.Store(ref z, row + s);
                f0 = V.MultiplyAdd(root, u, f0);
            }

            first[i] += f0.Sum();
        }
    }

    /// <summary>scatter[i(i + 1)/2 + j] += Σ_s z[i,s] z[j,s] for j ≤ i.</summary>
    /// <param name="scaled">Z, with at least <see cref="Panel.PaddedRows"/> rows; what those past d hold does not matter.</param>
    /// <param name="d">Rows of Z that count.</param>
    /// <param name="width">Samples, whole tiles.</param>
    /// <param name="scatter">The lower triangle, length d(d + 1)/2.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(ReadOnlySpan<double> scaled, int d, int width, Span<double> scatter)
    {
        ref readonly double z = ref scaled[0];
        for (int i = 0; i < d; i += 4)
        {
            int lastRow = Math.Min(i + 4, d) - 1;
            int zi = i * Panel.Stride;
            for (int j = 0; j <= lastRow; j += 3)
            {
                int zj = j * Panel.Stride;
                V a0 = V.Zero, a1 = V.Zero, a2 = V.Zero;
                V b0 = V.Zero, b1 = V.Zero, b2 = V.Zero;
                V c0 = V.Zero, c1 = V.Zero, c2 = V.Zero;
                V d0 = V.Zero, d1 = V.Zero, d2 = V.Zero;
                for (int s = 0; s < width; s += V.Count)
                {
                    V y0 = V.Load(in z, zj + s), y1 = V.Load(in z, zj + Panel.Stride + s), y2 = V.Load(in z, zj + (2 * Panel.Stride) + s);
                    V u = V.Load(in z, zi + s);
                    a0 = V.MultiplyAdd(u, y0, a0);
                    a1 = V.MultiplyAdd(u, y1, a1);
                    a2 = V.MultiplyAdd(u, y2, a2);
                    u = V.Load(in z, zi + Panel.Stride + s);
                    b0 = V.MultiplyAdd(u, y0, b0);
                    b1 = V.MultiplyAdd(u, y1, b1);
                    b2 = V.MultiplyAdd(u, y2, b2);
                    u = V.Load(in z, zi + (2 * Panel.Stride) + s);
                    c0 = V.MultiplyAdd(u, y0, c0);
                    c1 = V.MultiplyAdd(u, y1, c1);
                    c2 = V.MultiplyAdd(u, y2, c2);
                    u = V.Load(in z, zi + (3 * Panel.Stride) + s);
                    d0 = V.MultiplyAdd(u, y0, d0);
                    d1 = V.MultiplyAdd(u, y1, d1);
                    d2 = V.MultiplyAdd(u, y2, d2);
                }

                AddColumn(scatter, i, j, d, V.Sums(a0, b0, c0, d0));
                AddColumn(scatter, i, j + 1, d, V.Sums(a1, b1, c1, d1));
                AddColumn(scatter, i, j + 2, d, V.Sums(a2, b2, c2, d2));
            }
        }
    }

    /// <summary>Adds to rows <paramref name="row"/> … + 3 of one column, as far as they are in the lower triangle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumn(Span<double> scatter, int row, int column, int d, Vector256<double> sums)
    {
        Add(scatter, row, column, d, sums.GetElement(0));
        Add(scatter, row + 1, column, d, sums.GetElement(1));
        Add(scatter, row + 2, column, d, sums.GetElement(2));
        Add(scatter, row + 3, column, d, sums.GetElement(3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Span<double> scatter, int row, int column, int d, double sum)
    {
        if (column <= row && row < d)
        {
            scatter[Triangle.Index(row, column)] += sum;
        }
    }
}
