using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Benchmarks;

/// <summary>
/// The most multiply-adds one thread of this machine does: twelve independent chains in registers, no memory touched. Measured
/// once, the best of many short runs.
/// </summary>
internal static class MultiplyAddLimit
{
    private const int Chains = 12;
    private const int Steps = 500_000;

    private static readonly Lazy<double> Measured =
        new(() => Vector512.IsHardwareAccelerated ? Measure<Lanes512>() : Measure<Lanes256>());

    /// <summary>10⁹ floating-point operations a second, a multiply-add being two.</summary>
    public static double GigaflopsPerSecond => Measured.Value;

    private static double Measure<V>()
        where V : struct, ILanes<V>
    {
        double best = 0;
        for (int run = 0; run < 200; run++)
        {
            long started = Stopwatch.GetTimestamp();
            Chain<V>(Steps);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            best = Math.Max(best, 2.0 * Chains * V.Count * Steps / seconds * 1e-9);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Chain<V>(int steps)
        where V : struct, ILanes<V>
    {
        V factor = V.Broadcast(0.999999), addend = V.Broadcast(1e-6);
        V a = V.Zero, b = V.Zero, c = V.Zero, d = V.Zero, e = V.Zero, f = V.Zero;
        V g = V.Zero, h = V.Zero, i = V.Zero, j = V.Zero, k = V.Zero, l = V.Zero;
        for (int step = 0; step < steps; step++)
        {
            a = V.MultiplyAdd(a, factor, addend);
            b = V.MultiplyAdd(b, factor, addend);
            c = V.MultiplyAdd(c, factor, addend);
            d = V.MultiplyAdd(d, factor, addend);
            e = V.MultiplyAdd(e, factor, addend);
            f = V.MultiplyAdd(f, factor, addend);
            g = V.MultiplyAdd(g, factor, addend);
            h = V.MultiplyAdd(h, factor, addend);
            i = V.MultiplyAdd(i, factor, addend);
            j = V.MultiplyAdd(j, factor, addend);
            k = V.MultiplyAdd(k, factor, addend);
            l = V.MultiplyAdd(l, factor, addend);
        }

        return (a + b + c + d + e + f + g + h + i + j + k + l).Sum();
    }
}
