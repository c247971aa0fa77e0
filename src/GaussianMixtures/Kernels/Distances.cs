using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// Exponents of densities, offset − distance² / 2, from plain squared distances: the E kernels of diagonal and spherical components,
/// and of components that share a covariance once the block is whitened.
/// </summary>
/// <remarks>
/// A tile is 3 registers of samples x 2 or 3 components, which share the loads of the samples; all components visit a tile while it is
/// in the first-level cache.
/// </remarks>
internal static class Distances<V>
    where V : struct, ILanes<V>
{
    /// <summary>exponents[j,s] = offsets[j] − scales[j] · Σ_i (x[i,s] − m[j,i])² / 2, for k points at once.</summary>
    /// <param name="panel">d x samples.</param>
    /// <param name="means">k x d, row after row.</param>
    /// <param name="offsets">k values.</param>
    /// <param name="scales">k values.</param>
    /// <param name="width">Samples, whole tiles.</param>
    /// <param name="exponents">A panel of k rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Euclidean(ReadOnlySpan<double> panel, ReadOnlySpan<double> means, ReadOnlySpan<double> offsets,
        ReadOnlySpan<double> scales, int width, Span<double> exponents)
    {
        int k = offsets.Length;
        int d = means.Length / k;
        ref readonly double x = ref panel[0];
        ref readonly double m = ref means[0];
        ref double e = ref exponents[0];
        for (int s = 0; s < width; s += 3 * V.Count)
        {
            int j = 0;
            for (; j + 3 <= k; j += 3)
            {
                V a0 = V.Zero, a1 = V.Zero, a2 = V.Zero;
                V b0 = V.Zero, b1 = V.Zero, b2 = V.Zero;
                V c0 = V.Zero, c1 = V.Zero, c2 = V.Zero;
                for (int i = 0, at = s, mi = j * d; i < d; i++, at += Panel.Stride, mi++)
                {
                    V x0 = V.Load(in x, at), x1 = V.Load(in x, at + V.Count), x2 = V.Load(in x, at + (2 * V.Count));
                    V mean = V.Broadcast(At(in m, mi));
                    AddSquares(x0, x1, x2, mean, ref a0, ref a1, ref a2);
                    mean = V.Broadcast(At(in m, mi + d));
                    AddSquares(x0, x1, x2, mean, ref b0, ref b1, ref b2);
                    mean = V.Broadcast(At(in m, mi + (2 * d)));
                    AddSquares(x0, x1, x2, mean, ref c0, ref c1, ref c2);
                }

                Exponent<V>.Store(a0, a1, a2, offsets[j], scales[j], ref e, (j * Panel.Stride) + s);
                Exponent<V>.Store(b0, b1, b2, offsets[j + 1], scales[j + 1], ref e, ((j + 1) * Panel.Stride) + s);
                Exponent<V>.Store(c0, c1, c2, offsets[j + 2], scales[j + 2], ref e, ((j + 2) * Panel.Stride) + s);
            }

            for (; j < k; j++)
            {
                V a0 = V.Zero, a1 = V.Zero, a2 = V.Zero;
                for (int i = 0, at = s; i < d; i++, at += Panel.Stride)
                {
                    V x0 = V.Load(in x, at), x1 = V.Load(in x, at + V.Count), x2 = V.Load(in x, at + (2 * V.Count));
                    AddSquares(x0, x1, x2, V.Broadcast(At(in m, (j * d) + i)), ref a0, ref a1, ref a2);
                }

                Exponent<V>.Store(a0, a1, a2, offsets[j], scales[j], ref e, (j * Panel.Stride) + s);
            }
        }
    }

    /// <summary>exponents[j,s] = offsets[j] − Σ_i ((x[i,s] − m[j,i]) · c[j,i])² / 2, for k points at once.</summary>
    /// <param name="panel">d x samples.</param>
    /// <param name="means">m, k x d, row after row.</param>
    /// <param name="scales">c, k x d, row after row.</param>
    /// <param name="offsets">k values.</param>
    /// <param name="width">Samples, whole tiles.</param>
    /// <param name="exponents">A panel of k rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scaled(ReadOnlySpan<double> panel, ReadOnlySpan<double> means, ReadOnlySpan<double> scales,
        ReadOnlySpan<double> offsets, int width, Span<double> exponents)
    {
        int k = offsets.Length;
        int d = means.Length / k;
        ref readonly double x = ref panel[0];
        ref readonly double m = ref means[0];
        ref readonly double c = ref scales[0];
        ref double e = ref exponents[0];
        for (int s = 0; s < width; s += 3 * V.Count)
        {
            int j = 0;
            for (; j + 2 <= k; j += 2)
            {
                V a0 = V.Zero, a1 = V.Zero, a2 = V.Zero;
                V b0 = V.Zero, b1 = V.Zero, b2 = V.Zero;
                for (int i = 0, at = s, mi = j * d; i < d; i++, at += Panel.Stride, mi++)
                {
                    V x0 = V.Load(in x, at), x1 = V.Load(in x, at + V.Count), x2 = V.Load(in x, at + (2 * V.Count));
                    AddScaledSquares(x0, x1, x2, V.Broadcast(At(in m, mi)), V.Broadcast(At(in c, mi)), ref a0, ref a1, ref a2);
                    AddScaledSquares(x0, x1, x2, V.Broadcast(At(in m, mi + d)), V.Broadcast(At(in c, mi + d)), ref b0, ref b1, ref b2);
                }

                Exponent<V>.Store(a0, a1, a2, offsets[j], 1, ref e, (j * Panel.Stride) + s);
                Exponent<V>.Store(b0, b1, b2, offsets[j + 1], 1, ref e, ((j + 1) * Panel.Stride) + s);
            }

            if (j < k)
            {
                V a0 = V.Zero, a1 = V.Zero, a2 = V.Zero;
                for (int i = 0, at = s, mi = j * d; i < d; i++, at += Panel.Stride, mi++)
                {
                    V x0 = V.Load(in x, at), x1 = V.Load(in x, at + V.Count), x2 = V.Load(in x, at + (2 * V.Count));
                    AddScaledSquares(x0, x1, x2, V.Broadcast(At(in m, mi)), V.Broadcast(At(in c, mi)), ref a0, ref a1, ref a2);
                }

                Exponent<V>.Store(a0, a1, a2, offsets[j], 1, ref e, (j * Panel.Stride) + s);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquares(V x0, V x1, V x2, V mean, ref V sum0, ref V sum1, ref V sum2)
    {
        V z = x0 - mean;
        sum0 = V.MultiplyAdd(z, z, sum0);
        z = x1 - mean;
        sum1 = V.MultiplyAdd(z, z, sum1);
        z = x2 - mean;
        sum2 = V.MultiplyAdd(z, z, sum2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaledSquares(V x0, V x1, V x2, V mean, V scale, ref V sum0, ref V sum1, ref V sum2)
    {
        V z = (x0 - mean) * scale;
        sum0 = V.MultiplyAdd(z, z, sum0);
        z = (x1 - mean) * scale;
        sum1 = V.MultiplyAdd(z, z, sum1);
        z = (x2 - mean) * scale;
        sum2 = V.MultiplyAdd(z, z, sum2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double At(ref readonly double first, int index) => Unsafe.Add(ref Unsafe.AsRef(in first), index);
}
