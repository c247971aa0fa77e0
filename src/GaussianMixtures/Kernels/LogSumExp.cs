using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>Log densities to responsibilities: the heart of the E-step, always in log space.</summary>
internal static class LogSumExp<V>
    where V : struct, ILanes<V>
{
    /// <summary>A squared distance beyond every finite one: what an overflow (infinity, or NaN from ∞ − ∞) becomes.</summary>
    private const double Farthest = 1e300;

    /// <summary>values[s] = offset − values[s] / 2: from squared distances to log densities that are finite for every sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromDistances(Span<double> values, double offset, double scale, int width)
    {
        V c = V.Broadcast(offset);
        V minusHalf = V.Broadcast(-0.5);
        V unit = V.Broadcast(scale);
        V farthest = V.Broadcast(Farthest);
        ref double v = ref values[0];
        for (int s = 0; s < width; s += V.Count)
        {
            V distance = V.Load(in v, s) * unit;
            distance = V.SelectLess(distance, farthest, distance, farthest);
            V.MultiplyAdd(minusHalf, distance, c).Store(ref v, s);
        }
    }

    /// <summary>
    /// Replaces the log densities log(w_j p_j(x_s)), a panel of k rows, by weight[s] · responsibility, writes
    /// log p(x_s) = peak + log Σ_j exp(log(w_j p_j(x_s)) − peak) and returns Σ_s weight[s] log p(x_s). Subtracting the peak keeps
    /// every exponential in [0, 1] and the sum in [1, k].
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Normalize(Span<double> values, int components, ReadOnlySpan<double> weights, int width,
        Span<double> logDensities)
    {
        ref double v = ref values[0];
        ref readonly double w = ref weights[0];
        ref double result = ref logDensities[0];
        V total = V.Zero;
        for (int s = 0; s < width; s += V.Count)
        {
            V highest = V.Load(in v, s);
            for (int j = 1, at = s + Panel.Stride; j < components; j++, at += Panel.Stride)
            {
                highest = V.Max(highest, V.Load(in v, at));
            }

            V sum = V.Zero;
            for (int j = 0, at = s; j < components; j++, at += Panel.Stride)
            {
                V e = Exponential<V>.OfNonPositive(V.Load(in v, at) - highest);
                e.Store(ref v, at);
                sum += e;
            }

            V weight = V.Load(in w, s);
            V logDensity = highest + Logarithm<V>.Of(sum);
            logDensity.Store(ref result, s);
            total = V.MultiplyAdd(weight, logDensity, total);
            V share = weight / sum;
            for (int j = 0, at = s; j < components; j++, at += Panel.Stride)
            {
                (V.Load(in v, at) * share).Store(ref v, at);
            }
        }

        return total.Sum();
    }
}
