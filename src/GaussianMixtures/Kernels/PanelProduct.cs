using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GaussianMixtures.Kernels;

/// <summary>
/// product[j, i] += Σ_s left[j, s] · right[i, s]: the M kernel that is a matrix product. One multiply-add per pair of elements.
/// </summary>
/// <remarks>
/// Dot form, as in <see cref="SymmetricUpdate{V}"/>: a tile is 4 rows of the left panel x 3 of the right, its twelve accumulators
/// run along the samples and are folded over their lanes once a block. Tiles at the edge read up to 3 rows past a panel,
/// and what they read there is dropped.
/// </remarks>
internal static class PanelProduct<V>
    where V : struct, ILanes<V>
{
    /// <param name="left">A panel of <paramref name="leftRows"/> rows.</param>
    /// <param name="leftRows">Rows of the left panel that count.</param>
    /// <param name="right">A panel of <paramref name="rightRows"/> rows.</param>
    /// <param name="rightRows">Rows of the right panel that count.</param>
    /// <param name="width">Samples, whole tiles.</param>
    /// <param name="product">leftRows x rightRows, row after row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(ReadOnlySpan<double> left, int leftRows, ReadOnlySpan<double> right, int rightRows, int width,
        Span<double> product)
    {
        ref readonly double l = ref left[0];
        ref readonly double r = ref right[0];
        for (int j = 0; j < leftRows; j += 4)
        {
            int lj = j * Panel.Stride;
            for (int i = 0; i < rightRows; i += 3)
            {
                int ri = i * Panel.Stride;
                V a0 = V.Zero, a1 = V.Zero, a2 = V.Zero;
                V b0 = V.Zero, b1 = V.Zero, b2 = V.Zero;
                V c0 = V.Zero, c1 = V.Zero, c2 = V.Zero;
                V d0 = V.Zero, d1 = V.Zero, d2 = V.Zero;
                for (int s = 0; s < width; s += V.Count)
                {
                    V y0 = V.Load(in r, ri + s), y1 = V.Load(in r, ri + Panel.Stride + s), y2 = V.Load(in r, ri + (2 * Panel.Stride) + s);
                    V u = V.Load(in l, lj + s);
                    a0 = V.MultiplyAdd(u, y0, a0);
                    a1 = V.MultiplyAdd(u, y1, a1);
                    a2 = V.MultiplyAdd(u, y2, a2);
                    u = V.Load(in l, lj + Panel.Stride + s);
                    b0 = V.MultiplyAdd(u, y0, b0);
                    b1 = V.MultiplyAdd(u, y1, b1);
                    b2 = V.MultiplyAdd(u, y2, b2);
                    u = V.Load(in l, lj + (2 * Panel.Stride) + s);
                    c0 = V.MultiplyAdd(u, y0, c0);
                    c1 = V.MultiplyAdd(u, y1, c1);
                    c2 = V.MultiplyAdd(u, y2, c2);
                    u = V.Load(in l, lj + (3 * Panel.Stride) + s);
                    d0 = V.MultiplyAdd(u, y0, d0);
                    d1 = V.MultiplyAdd(u, y1, d1);
                    d2 = V.MultiplyAdd(u, y2, d2);
                }

                int at = (j * rightRows) + i;
                AddColumn(product, at, rightRows, leftRows - j, V.Sums(a0, b0, c0, d0));
                if (i + 1 < rightRows)
                {
                    AddColumn(product, at + 1, rightRows, leftRows - j, V.Sums(a1, b1, c1, d1));
                }

                if (i + 2 < rightRows)
                {
                    AddColumn(product, at + 2, rightRows, leftRows - j, V.Sums(a2, b2, c2, d2));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumn(Span<double> product, int at, int stride, int rows, Vector256<double> sums)
    {
        product[at] += sums.GetElement(0);
        if (rows > 1)
        {
            product[at + stride] += sums.GetElement(1);
        }

        if (rows > 2)
        {
            product[at + (2 * stride)] += sums.GetElement(2);
        }

        if (rows > 3)
        {
            product[at + (3 * stride)] += sums.GetElement(3);
        }
    }
}
