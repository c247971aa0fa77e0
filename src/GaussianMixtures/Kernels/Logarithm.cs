using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>log x for positive normal x, to about 2 units in the last place.</summary>
/// <remarks>
/// x = m·2^e with m in [√½, √2); s = (m − 1)/(m + 1), |s| ≤ 0.1716; log m = 2·artanh s = 2s + 2s³/3 + 2s⁵/5 + …, cut after s²¹,
/// where the next term is below 2e-18 of the first; log x = log m + e·log 2, with log 2 in two parts so that the product
/// with e is exact.
/// </remarks>
internal static class Logarithm<V>
    where V : struct, ILanes<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(V x)
    {
        V one = V.Broadcast(1.0);
        V m = V.Decompose(x, out V e);
        V s = (m - one) / (m + one);
        V q = s * s;
        V q2 = q * q;
        V q4 = q2 * q2;
        V p0 = V.MultiplyAdd(q2, Pair(q, 2.0 / 7, 2.0 / 9), Pair(q, 2.0 / 3, 2.0 / 5));
        V p4 = V.MultiplyAdd(q2, Pair(q, 2.0 / 15, 2.0 / 17), Pair(q, 2.0 / 11, 2.0 / 13));
        V p8 = Pair(q, 2.0 / 19, 2.0 / 21);
        V p = V.MultiplyAdd(q4, V.MultiplyAdd(q4, p8, p4), p0);
        V logMantissa = V.MultiplyAdd(p * q, s, s + s);
        V low = V.MultiplyAdd(e, V.Broadcast(Exponential<V>.Ln2Low), logMantissa);
        return V.MultiplyAdd(e, V.Broadcast(Exponential<V>.Ln2High), low);
    }

    /// <summary>a + b·q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pair(V q, double a, double b) => V.MultiplyAdd(V.Broadcast(b), q, V.Broadcast(a));
}
