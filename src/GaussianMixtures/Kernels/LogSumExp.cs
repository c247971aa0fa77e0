using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>Log densities to responsibilities: the heart of the E-step, always in log space.</summary>
internal static class LogSumExp<V>
    where V : struct, ILanes<V>
{
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
        for (int s = 0; s < width; s += 3 * V.Count)
        {
            V highest0 = V.Load(in v, s), highest1 = V.Load(in v, s + V.Count), highest2 = V.Load(in v, s + (2 * V.Count));
            for (int j = 1, at = s + Panel.Stride; j < components; j++, at += Panel.Stride)
            {
                highest0 = V.Max(highest0, V.Load(in v, at));
                highest1 = V.Max(highest1, V.Load(in v, at + V.Count));
                highest2 = V.Max(highest2, V.Load(in v, at + (2 * V.Count)));
            }

            V sum0 = V.Zero, sum1 = V.Zero, sum2 = V.Zero;
            for (int j = 0, at = s; j < components; j++, at += Panel.Stride)
            {
                V e0 = Exponential<V>.OfNonPositive(V.Load(in v, at) - highest0);
                V e1 = Exponential<V>.OfNonPositive(V.Load(in v, at + V.Count) - highest1);
                V e2 = Exponential<V>.OfNonPositive(V.Load(in v, at + (2 * V.Count)) - highest2);
                e0.Store(ref v, at);
                e1.Store(ref v, at + V.Count);
                e2.Store(ref v, at + (2 * V.Count));
                sum0 += e0;
                sum1 += e1;
                sum2 += e2;
            }

            V share0 = Finish(highest0, sum0, V.Load(in w, s), ref result, s, ref total);
            V share1 = Finish(highest1, sum1, V.Load(in w, s + V.Count), ref result, s + V.Count, ref total);
            V share2 = Finish(highest2, sum2, V.Load(in w, s + (2 * V.Count)), ref result, s + (2 * V.Count), ref total);
            for (int j = 0, at = s; j < components; j++, at += Panel.Stride)
            {
                (V.Load(in v, at) * share0).Store(ref v, at);
                (V.Load(in v, at + V.Count) * share1).Store(ref v, at + V.Count);
                (V.Load(in v, at + (2 * V.Count)) * share2).Store(ref v, at + (2 * V.Count));
            }
        }

        return total.Sum();
    }

    /// <summary>Σ_s weight[s] · max_j values[j, s] over a panel of k rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double WeightedPeaks(ReadOnlySpan<double> values, int components, ReadOnlySpan<double> weights, int width)
    {
        ref readonly double v = ref values[0];
        ref readonly double w = ref weights[0];
        V total = V.Zero;
        for (int s = 0; s < width; s += V.Count)
        {
            V highest = V.Load(in v, s);
            for (int j = 1, at = s + Panel.Stride; j < components; j++, at += Panel.Stride)
            {
                highest = V.Max(highest, V.Load(in v, at));
            }

            total = V.MultiplyAdd(V.Load(in w, s), highest, total);
        }

        return total.Sum();
    }

    /// <summary>Writes log p(x), adds its share to the log-likelihood, and returns what makes exponentials weighted responsibilities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Finish(V highest, V sum, V weight, ref double logDensities, int at, ref V total)
    {
        V logDensity = highest + Logarithm<V>.Of(sum);
        logDensity.Store(ref logDensities, at);
        total = V.MultiplyAdd(weight, logDensity, total);
        return weight / sum;
    }
}
