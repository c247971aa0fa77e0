using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>What every E kernel ends with: from a squared distance to the exponent of a density, finite for every sample.</summary>
internal static class Exponent<V>
    where V : struct, ILanes<V>
{
    /// <summary>A squared distance beyond every finite one: what an overflow (infinity, or NaN from ∞ − ∞) becomes.</summary>
    private const double Farthest = 1e300;

    /// <summary>exponents[at …] = offset − scale · distance / 2 for three registers; an offset of −∞ gives −∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V distance0, V distance1, V distance2, double offset, double scale, ref double exponents, int at)
    {
        V c = V.Broadcast(offset);
        V unit = V.Broadcast(scale);
        V farthest = V.Broadcast(Farthest);
        V minusHalf = V.Broadcast(-0.5);
        V.MultiplyAdd(minusHalf, Bounded(distance0 * unit, farthest), c).Store(ref exponents, at);
        V.MultiplyAdd(minusHalf, Bounded(distance1 * unit, farthest), c).Store(ref exponents, at + V.Count);
        V.MultiplyAdd(minusHalf, Bounded(distance2 * unit, farthest), c).Store(ref exponents, at + (2 * V.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Bounded(V distance, V farthest) => V.SelectLess(distance, farthest, distance, farthest);
}
