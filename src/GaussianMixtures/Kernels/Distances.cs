using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>Squared distances of every sample of a panel from one point: the E kernels of diagonal and spherical components.</summary>
/// <remarks>A tile is 3 registers of samples; the rows of the panel are folded into three accumulators.</remarks>
internal static class Distances<V>
    where V : struct, ILanes<V>
{
    /// <summary>distances[s] = Σ_i (x[i,s] − m[i])².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Euclidean(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, int width, Span<double> distances)
    {
        int step = 3 * V.Count;
        ref readonly double x = ref panel[0];
        ref double q = ref distances[0];
        for (int s = 0; s < width; s += step)
        {
            V q0 = V.Zero, q1 = V.Zero, q2 = V.Zero;
            int at = s;
            for (int i = 0; i < mean.Length; i++, at += Panel.Stride)
            {
                V m = V.Broadcast(mean[i]);
                V a0 = V.Load(in x, at) - m;
                V a1 = V.Load(in x, at + V.Count) - m;
                V a2 = V.Load(in x, at + (2 * V.Count)) - m;
                q0 = V.MultiplyAdd(a0, a0, q0);
                q1 = V.MultiplyAdd(a1, a1, q1);
                q2 = V.MultiplyAdd(a2, a2, q2);
            }

            q0.Store(ref q, s);
            q1.Store(ref q, s + V.Count);
            q2.Store(ref q, s + (2 * V.Count));
        }
    }

    /// <summary>distances[s] = Σ_i ((x[i,s] − m[i]) · scale[i])².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scaled(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, ReadOnlySpan<double> scale, int width,
        Span<double> distances)
    {
        int step = 3 * V.Count;
        ref readonly double x = ref panel[0];
        ref double q = ref distances[0];
        for (int s = 0; s < width; s += step)
        {
            V q0 = V.Zero, q1 = V.Zero, q2 = V.Zero;
            int at = s;
            for (int i = 0; i < mean.Length; i++, at += Panel.Stride)
            {
                V m = V.Broadcast(mean[i]);
                V c = V.Broadcast(scale[i]);
                V a0 = (V.Load(in x, at) - m) * c;
                V a1 = (V.Load(in x, at + V.Count) - m) * c;
                V a2 = (V.Load(in x, at + (2 * V.Count)) - m) * c;
                q0 = V.MultiplyAdd(a0, a0, q0);
                q1 = V.MultiplyAdd(a1, a1, q1);
                q2 = V.MultiplyAdd(a2, a2, q2);
            }

            q0.Store(ref q, s);
            q1.Store(ref q, s + V.Count);
            q2.Store(ref q, s + (2 * V.Count));
        }
    }
}
