using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>Arithmetic on vectors of any length: whole registers, then what is left one by one.</summary>
/// <remarks>
/// Not TensorPrimitives: its package carries no machine code, so its first calls run unoptimised, 50 times slower, and a fit of
/// a few iterations never gets past them (measured: half a second for a million rows).
/// </remarks>
internal static class Vectors<V>
    where V : struct, ILanes<V>
{
    /// <summary>Σ left[i] · right[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        int n = left.Length;
        int i = 0;
        double sum = 0;
        if (n >= 2 * V.Count)
        {
            ref readonly double a = ref left[0];
            ref readonly double b = ref right[0];
            V s0 = V.Zero, s1 = V.Zero;
            for (; i + (2 * V.Count) <= n; i += 2 * V.Count)
            {
                s0 = V.MultiplyAdd(V.Load(in a, i), V.Load(in b, i), s0);
                s1 = V.MultiplyAdd(V.Load(in a, i + V.Count), V.Load(in b, i + V.Count), s1);
            }

            sum = (s0 + s1).Sum();
        }

        for (; i < n; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>target[i] += addend[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<double> target, ReadOnlySpan<double> addend)
    {
        int n = target.Length;
        int i = 0;
        if (n >= V.Count)
        {
            ref double t = ref target[0];
            ref readonly double a = ref addend[0];
            for (; i + V.Count <= n; i += V.Count)
            {
                (V.Load(in t, i) + V.Load(in a, i)).Store(ref t, i);
            }
        }

        for (; i < n; i++)
        {
            target[i] += addend[i];
        }
    }

    /// <summary>A plane rotation: (p, q) becomes (c·p − s·q, s·p + c·q).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(Span<double> p, Span<double> q, double cosine, double sine)
    {
        int n = p.Length;
        int i = 0;
        if (n >= V.Count)
        {
            ref double a = ref p[0];
            ref double b = ref q[0];
            V c = V.Broadcast(cosine), s = V.Broadcast(sine), minus = V.Broadcast(-sine);
            for (; i + V.Count <= n; i += V.Count)
            {
                V first = V.Load(in a, i), second = V.Load(in b, i);
                V.MultiplyAdd(minus, second, c * first).Store(ref a, i);
                V.MultiplyAdd(s, first, c * second).Store(ref b, i);
            }
        }

        for (; i < n; i++)
        {
            (p[i], q[i]) = ((cosine * p[i]) - (sine * q[i]), (sine * p[i]) + (cosine * q[i]));
        }
    }

    /// <summary>product[i] = values[i] · factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<double> values, double factor, Span<double> product)
    {
        int n = values.Length;
        int i = 0;
        if (n >= V.Count)
        {
            ref readonly double v = ref values[0];
            ref double p = ref product[0];
            V f = V.Broadcast(factor);
            for (; i + V.Count <= n; i += V.Count)
            {
                (V.Load(in v, i) * f).Store(ref p, i);
            }
        }

        for (; i < n; i++)
        {
            product[i] = values[i] * factor;
        }
    }
}
