using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GaussianMixtures.Kernels;

/// <summary>
/// The M kernel for d = 3 and 4, of which <see cref="SymmetricUpdate{V}"/> would compute more than twice what is used: all of a sample stays in
/// registers.
/// </summary>
internal static class Space<V>
    where V : struct, ILanes<V>
{
    /// <summary>scatter += Σ_s r[s] (x_s − c)(x_s − c)ᵀ, lower triangle, and first += Σ_s r[s] (x_s − c).</summary>
    /// <remarks>Of three rows the last stands for the fourth, too, and what comes of that is dropped.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(ReadOnlySpan<double> panel, ReadOnlySpan<double> centre, ReadOnlySpan<double> weights, int width,
        Span<double> first, Span<double> scatter)
    {
        ref readonly double x = ref panel[0];
        ref readonly double r = ref weights[0];
        int last = centre.Length - 1;
        int lastRow = last * Panel.Stride;
        V c0 = V.Broadcast(centre[0]), c1 = V.Broadcast(centre[1]), c2 = V.Broadcast(centre[2]), c3 = V.Broadcast(centre[last]);
        V f0 = V.Zero, f1 = V.Zero, f2 = V.Zero, f3 = V.Zero;
        V s00 = V.Zero, s10 = V.Zero, s11 = V.Zero, s20 = V.Zero, s21 = V.Zero, s22 = V.Zero;
        V s30 = V.Zero, s31 = V.Zero, s32 = V.Zero, s33 = V.Zero;
        for (int s = 0; s < width; s += V.Count)
        {
            V weight = V.Load(in r, s);
            V z0 = V.Load(in x, s) - c0;
            V z1 = V.Load(in x, Panel.Stride + s) - c1;
            V z2 = V.Load(in x, (2 * Panel.Stride) + s) - c2;
            V z3 = V.Load(in x, lastRow + s) - c3;
            V u = weight * z0;
            f0 += u;
            s00 = V.MultiplyAdd(u, z0, s00);
            u = weight * z1;
            f1 += u;
            s10 = V.MultiplyAdd(u, z0, s10);
            s11 = V.MultiplyAdd(u, z1, s11);
            u = weight * z2;
            f2 += u;
            s20 = V.MultiplyAdd(u, z0, s20);
            s21 = V.MultiplyAdd(u, z1, s21);
            s22 = V.MultiplyAdd(u, z2, s22);
            u = weight * z3;
            f3 += u;
            s30 = V.MultiplyAdd(u, z0, s30);
            s31 = V.MultiplyAdd(u, z1, s31);
            s32 = V.MultiplyAdd(u, z2, s32);
            s33 = V.MultiplyAdd(u, z3, s33);
        }

        Add(first, V.Sums(f0, f1, f2, f3), centre.Length);
        Add(scatter, V.Sums(s00, s10, s11, s20), 4);
        Add(scatter[4..], V.Sums(s21, s22, s30, s31), centre.Length == 3 ? 2 : 4);
        if (centre.Length == 4)
        {
            Add(scatter[8..], V.Sums(s32, s33, V.Zero, V.Zero), 2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Span<double> target, Vector256<double> sums, int count)
    {
        for (int i = 0; i < count; i++)
        {
            target[i] += sums.GetElement(i);
        }
    }
}
