using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>Weighted first and second moments of a panel, and what they are made of: the M kernels that cost n·d per component.</summary>
/// <remarks>
/// Four panel rows at a time share the loads of the weights, and their accumulators are independent chains. Rows left over
/// go singly. Each accumulator is folded over its lanes once, at the end of the block.
/// </remarks>
internal static class Moments<V>
    where V : struct, ILanes<V>
{
    /// <summary>sums[j] += Σ_s panel[j, s] for every row j of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RowSums(ReadOnlySpan<double> panel, int width, Span<double> sums)
    {
        ref readonly double v = ref panel[0];
        for (int j = 0, row = 0; j < sums.Length; j++, row += Panel.Stride)
        {
            V sum0 = V.Zero, sum1 = V.Zero, sum2 = V.Zero;
            for (int s = 0; s < width; s += 3 * V.Count)
            {
                sum0 += V.Load(in v, row + s);
                sum1 += V.Load(in v, row + s + V.Count);
                sum2 += V.Load(in v, row + s + (2 * V.Count));
            }

            sums[j] += (sum0 + sum1 + sum2).Sum();
        }
    }

    /// <summary>max |row[s]|, of whole tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LargestMagnitude(ReadOnlySpan<double> row)
    {
        ref readonly double v = ref row[0];
        V largest = V.Zero;
        for (int s = 0; s < row.Length; s += V.Count)
        {
            V value = V.Load(in v, s);
            largest = V.Max(largest, V.Max(value, V.Zero - value));
        }

        return largest.Largest();
    }

    /// <summary>squares[i, s] = x[i, s]².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Squares(ReadOnlySpan<double> panel, int rows, int width, Span<double> squares)
    {
        ref readonly double x = ref panel[0];
        ref double q = ref squares[0];
        for (int i = 0, row = 0; i < rows; i++, row += Panel.Stride)
        {
            for (int s = 0; s < width; s += V.Count)
            {
                V value = V.Load(in x, row + s);
                (value * value).Store(ref q, row + s);
            }
        }
    }

    /// <summary>squares[s] = Σ_i x[i, s]².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquaredLengths(ReadOnlySpan<double> panel, int rows, int width, Span<double> squares)
    {
        ref readonly double x = ref panel[0];
        ref double q = ref squares[0];
        for (int s = 0; s < width; s += V.Count)
        {
            V sum = V.Zero;
            for (int i = 0, at = s; i < rows; i++, at += Panel.Stride)
            {
                V value = V.Load(in x, at);
                sum = V.MultiplyAdd(value, value, sum);
            }

            sum.Store(ref q, s);
        }
    }

    /// <summary>first[i] += Σ_s r[s] (x[i,s] − c[i]) and second[i] += Σ_s r[s] (x[i,s] − c[i])².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FirstAndSecond(ReadOnlySpan<double> panel, ReadOnlySpan<double> centre, ReadOnlySpan<double> weights,
        int width, Span<double> first, Span<double> second)
    {
        ref readonly double x = ref panel[0];
        ref readonly double r = ref weights[0];
        int d = centre.Length;
        int i = 0;
        for (; i + 4 <= d; i += 4)
        {
            V c0 = V.Broadcast(centre[i]), c1 = V.Broadcast(centre[i + 1]);
            V c2 = V.Broadcast(centre[i + 2]), c3 = V.Broadcast(centre[i + 3]);
            V f0 = V.Zero, f1 = V.Zero, f2 = V.Zero, f3 = V.Zero;
            V g0 = V.Zero, g1 = V.Zero, g2 = V.Zero, g3 = V.Zero;
            int row = i * Panel.Stride;
            for (int s = 0; s < width; s += V.Count)
            {
                V w = V.Load(in r, s);
                V z = V.Load(in x, row + s) - c0;
                V u = w * z;
                f0 += u;
                g0 = V.MultiplyAdd(u, z, g0);
                z = V.Load(in x, row + Panel.Stride + s) - c1;
                u = w * z;
                f1 += u;
                g1 = V.MultiplyAdd(u, z, g1);
                z = V.Load(in x, row + (2 * Panel.Stride) + s) - c2;
                u = w * z;
                f2 += u;
                g2 = V.MultiplyAdd(u, z, g2);
                z = V.Load(in x, row + (3 * Panel.Stride) + s) - c3;
                u = w * z;
                f3 += u;
                g3 = V.MultiplyAdd(u, z, g3);
            }

            first[i] += f0.Sum();
            first[i + 1] += f1.Sum();
            first[i + 2] += f2.Sum();
            first[i + 3] += f3.Sum();
            second[i] += g0.Sum();
            second[i + 1] += g1.Sum();
            second[i + 2] += g2.Sum();
            second[i + 3] += g3.Sum();
        }

        for (; i < d; i++)
        {
            V c0 = V.Broadcast(centre[i]);
            V f0 = V.Zero, g0 = V.Zero;
            int row = i * Panel.Stride;
            for (int s = 0; s < width; s += V.Count)
            {
                V z = V.Load(in x, row + s) - c0;
                V u = V.Load(in r, s) * z;
                f0 += u;
                g0 = V.MultiplyAdd(u, z, g0);
            }

            first[i] += f0.Sum();
            second[i] += g0.Sum();
        }
    }
}
