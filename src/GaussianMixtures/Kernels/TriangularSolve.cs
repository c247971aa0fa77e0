using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// Forward substitution y = L⁻¹(x − m) for every sample of a panel, and offset − |y|² / 2: the triangular E kernel. d² flops per sample.
/// </summary>
/// <remarks>
/// A tile is 4 rows x 3 registers of samples. The twelve accumulators start as x − m, lose L[i,j]·y[j] for every solved
/// row j, and are finished by the 4 x 4 triangle on the diagonal. Solved rows of the current samples stay in
/// <c>solved</c> (d x 3 registers, contiguous, so in the first-level cache). Rows left over after the last four are solved
/// singly. The factor is read in the order of <see cref="PackedFactor"/>, strictly sequentially.
/// </remarks>
internal static class TriangularSolve<V>
    where V : struct, ILanes<V>
{
    /// <summary>exponents[s] = offset − |L⁻¹(x_s − m)|² / 2, and, where <paramref name="whitened"/> is not empty, the panel L⁻¹(x − m).</summary>
    /// <param name="panel">d x samples.</param>
    /// <param name="mean">m, length d.</param>
    /// <param name="factor">L, as <see cref="PackedFactor"/> lays it out.</param>
    /// <param name="width">Samples, whole tiles.</param>
    /// <param name="solved">Scratch of at least d x <see cref="Panel.Tile"/>.</param>
    /// <param name="offset">The exponent at the mean.</param>
    /// <param name="exponents">Receives offset − |y|² / 2, or is empty.</param>
    /// <param name="whitened">Receives y as a panel, or is empty.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, ReadOnlySpan<double> factor, int width,
        Span<double> solved, double offset, Span<double> exponents, Span<double> whitened)
    {
        int d = mean.Length;
        int step = 3 * V.Count;
        int grouped = d & ~3;
        ref readonly double x = ref panel[0];
        ref readonly double m = ref mean[0];
        ref readonly double l = ref factor[0];
        ref double y = ref solved[0];

        for (int s = 0; s < width; s += step)
        {
            V q0 = V.Zero, q1 = V.Zero, q2 = V.Zero;
            int at = 0;
            int i = 0;
            for (; i < grouped; i += 4)
            {
                int row = (i * Panel.Stride) + s;
                V mi = V.Broadcast(At(in m, i));
                V a0 = V.Load(in x, row) - mi, a1 = V.Load(in x, row + V.Count) - mi, a2 = V.Load(in x, row + (2 * V.Count)) - mi;
                row += Panel.Stride;
                mi = V.Broadcast(At(in m, i + 1));
                V b0 = V.Load(in x, row) - mi, b1 = V.Load(in x, row + V.Count) - mi, b2 = V.Load(in x, row + (2 * V.Count)) - mi;
                row += Panel.Stride;
                mi = V.Broadcast(At(in m, i + 2));
                V c0 = V.Load(in x, row) - mi, c1 = V.Load(in x, row + V.Count) - mi, c2 = V.Load(in x, row + (2 * V.Count)) - mi;
                row += Panel.Stride;
                mi = V.Broadcast(At(in m, i + 3));
                V d0 = V.Load(in x, row) - mi, d1 = V.Load(in x, row + V.Count) - mi, d2 = V.Load(in x, row + (2 * V.Count)) - mi;

                for (int j = 0, yj = 0; j < i; j++, yj += step, at += 4)
                {
                    V y0 = V.Load(in y, yj), y1 = V.Load(in y, yj + V.Count), y2 = V.Load(in y, yj + (2 * V.Count));
                    V lij = V.Broadcast(At(in l, at));
                    a0 = V.MultiplyAdd(lij, y0, a0);
                    a1 = V.MultiplyAdd(lij, y1, a1);
                    a2 = V.MultiplyAdd(lij, y2, a2);
                    lij = V.Broadcast(At(in l, at + 1));
                    b0 = V.MultiplyAdd(lij, y0, b0);
                    b1 = V.MultiplyAdd(lij, y1, b1);
                    b2 = V.MultiplyAdd(lij, y2, b2);
                    lij = V.Broadcast(At(in l, at + 2));
                    c0 = V.MultiplyAdd(lij, y0, c0);
                    c1 = V.MultiplyAdd(lij, y1, c1);
                    c2 = V.MultiplyAdd(lij, y2, c2);
                    lij = V.Broadcast(At(in l, at + 3));
                    d0 = V.MultiplyAdd(lij, y0, d0);
                    d1 = V.MultiplyAdd(lij, y1, d1);
                    d2 = V.MultiplyAdd(lij, y2, d2);
                }

                V t = V.Broadcast(At(in l, at));
                a0 *= t;
                a1 *= t;
                a2 *= t;
                t = V.Broadcast(At(in l, at + 1));
                b0 = V.MultiplyAdd(t, a0, b0);
                b1 = V.MultiplyAdd(t, a1, b1);
                b2 = V.MultiplyAdd(t, a2, b2);
                t = V.Broadcast(At(in l, at + 2));
                b0 *= t;
                b1 *= t;
                b2 *= t;
                t = V.Broadcast(At(in l, at + 3));
                c0 = V.MultiplyAdd(t, a0, c0);
                c1 = V.MultiplyAdd(t, a1, c1);
                c2 = V.MultiplyAdd(t, a2, c2);
                t = V.Broadcast(At(in l, at + 4));
                c0 = V.MultiplyAdd(t, b0, c0);
                c1 = V.MultiplyAdd(t, b1, c1);
                c2 = V.MultiplyAdd(t, b2, c2);
                t = V.Broadcast(At(in l, at + 5));
                c0 *= t;
                c1 *= t;
                c2 *= t;
                t = V.Broadcast(At(in l, at + 6));
                d0 = V.MultiplyAdd(t, a0, d0);
                d1 = V.MultiplyAdd(t, a1, d1);
                d2 = V.MultiplyAdd(t, a2, d2);
                t = V.Broadcast(At(in l, at + 7));
                d0 = V.MultiplyAdd(t, b0, d0);
                d1 = V.MultiplyAdd(t, b1, d1);
                d2 = V.MultiplyAdd(t, b2, d2);
                t = V.Broadcast(At(in l, at + 8));
                d0 = V.MultiplyAdd(t, c0, d0);
                d1 = V.MultiplyAdd(t, c1, d1);
                d2 = V.MultiplyAdd(t, c2, d2);
                t = V.Broadcast(At(in l, at + 9));
                d0 *= t;
                d1 *= t;
                d2 *= t;
                at += 10;

                Keep(a0, a1, a2, ref y, i * step, ref q0, ref q1, ref q2);
                Keep(b0, b1, b2, ref y, (i + 1) * step, ref q0, ref q1, ref q2);
                Keep(c0, c1, c2, ref y, (i + 2) * step, ref q0, ref q1, ref q2);
                Keep(d0, d1, d2, ref y, (i + 3) * step, ref q0, ref q1, ref q2);
            }

            for (; i < d; i++)
            {
                int row = (i * Panel.Stride) + s;
                V mi = V.Broadcast(At(in m, i));
                V a0 = V.Load(in x, row) - mi, a1 = V.Load(in x, row + V.Count) - mi, a2 = V.Load(in x, row + (2 * V.Count)) - mi;
                for (int j = 0, yj = 0; j < i; j++, yj += step)
                {
                    V lij = V.Broadcast(At(in l, at++));
                    a0 = V.MultiplyAdd(lij, V.Load(in y, yj), a0);
                    a1 = V.MultiplyAdd(lij, V.Load(in y, yj + V.Count), a1);
                    a2 = V.MultiplyAdd(lij, V.Load(in y, yj + (2 * V.Count)), a2);
                }

                V t = V.Broadcast(At(in l, at++));
                Keep(a0 * t, a1 * t, a2 * t, ref y, i * step, ref q0, ref q1, ref q2);
            }

            if (!exponents.IsEmpty)
            {
                Exponent<V>.Store(q0, q1, q2, offset, 1, ref exponents[0], s);
            }

            if (!whitened.IsEmpty)
            {
                ref double z = ref whitened[0];
                for (i = 0; i < d; i++)
                {
                    V.Load(in y, i * step).Store(ref z, (i * Panel.Stride) + s);
                    V.Load(in y, (i * step) + V.Count).Store(ref z, (i * Panel.Stride) + s + V.Count);
                    V.Load(in y, (i * step) + (2 * V.Count)).Store(ref z, (i * Panel.Stride) + s + (2 * V.Count));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(V a0, V a1, V a2, ref double solved, int offset, ref V q0, ref V q1, ref V q2)
    {
        a0.Store(ref solved, offset);
        a1.Store(ref solved, offset + V.Count);
        a2.Store(ref solved, offset + (2 * V.Count));
        q0 = V.MultiplyAdd(a0, a0, q0);
        q1 = V.MultiplyAdd(a1, a1, q1);
        q2 = V.MultiplyAdd(a2, a2, q2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double At(ref readonly double first, int index) => Unsafe.Add(ref Unsafe.AsRef(in first), index);
}
