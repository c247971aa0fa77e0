using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// The E and M kernels for d = 2, where <see cref="TriangularSolve{V}"/> and <see cref="SymmetricUpdate{V}"/> would compute
/// tiles of which little is used: all of a sample stays in registers.
/// </summary>
internal static class Plane<V>
    where V : struct, ILanes<V>
{
    /// <summary>exponents[s] = offset − |L⁻¹(x_s − m)|² / 2.</summary>
    /// <param name="panel">2 x samples.</param>
    /// <param name="mean">m, length 2.</param>
    /// <param name="factor">L, as <see cref="PackedFactor"/> lays it out.</param>
    /// <param name="offset">The exponent at the mean.</param>
    /// <param name="width">Samples, whole tiles.</param>
    /// <param name="exponents">One value per sample.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Exponents(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, ReadOnlySpan<double> factor, double offset, int width,
        Span<double> exponents)
    {
        ref readonly double x = ref panel[0];
        ref double e = ref exponents[0];
        V m0 = V.Broadcast(mean[0]), m1 = V.Broadcast(mean[1]);
        V first = V.Broadcast(factor[0]), below = V.Broadcast(factor[1]), second = V.Broadcast(factor[2]);
        for (int s = 0; s < width; s += 3 * V.Count)
        {
            V q0 = Distance(in x, s, m0, m1, first, below, second);
            V q1 = Distance(in x, s + V.Count, m0, m1, first, below, second);
            V q2 = Distance(in x, s + (2 * V.Count), m0, m1, first, below, second);
            Exponent<V>.Store(q0, q1, q2, offset, 1, ref e, s);
        }
    }

    /// <summary>scatter += Σ_s r[s] (x_s − c)(x_s − c)ᵀ, lower triangle, and first += Σ_s r[s] (x_s − c).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(ReadOnlySpan<double> panel, ReadOnlySpan<double> centre, ReadOnlySpan<double> weights, int width,
        Span<double> first, Span<double> scatter)
    {
        ref readonly double x = ref panel[0];
        ref readonly double r = ref weights[0];
        V c0 = V.Broadcast(centre[0]), c1 = V.Broadcast(centre[1]);
        V f0 = V.Zero, f1 = V.Zero, s00 = V.Zero, s10 = V.Zero, s11 = V.Zero;
        for (int s = 0; s < width; s += V.Count)
        {
            V weight = V.Load(in r, s);
            V z0 = V.Load(in x, s) - c0;
            V z1 = V.Load(in x, Panel.Stride + s) - c1;
            V u0 = weight * z0;
            V u1 = weight * z1;
            f0 += u0;
            f1 += u1;
            s00 = V.MultiplyAdd(u0, z0, s00);
            s10 = V.MultiplyAdd(u1, z0, s10);
            s11 = V.MultiplyAdd(u1, z1, s11);
        }

        first[0] += f0.Sum();
        first[1] += f1.Sum();
        scatter[0] += s00.Sum();
        scatter[1] += s10.Sum();
        scatter[2] += s11.Sum();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Distance(ref readonly double x, int at, V m0, V m1, V first, V below, V second)
    {
        V y0 = (V.Load(in x, at) - m0) * first;
        V y1 = V.MultiplyAdd(below, y0, V.Load(in x, Panel.Stride + at) - m1) * second;
        return V.MultiplyAdd(y1, y1, y0 * y0);
    }
}
