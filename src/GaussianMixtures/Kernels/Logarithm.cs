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
        V p = V.Broadcast(2.0 / 21);
        p = V.MultiplyAdd(p, q, V.Broadcast(2.0 / 19));
        p = V.MultiplyAdd(p, q, V.Broadcast(2.0 / 17));
        p = V.MultiplyAdd(p, q, V.Broadcast(2.0 / 15));
        p = V.MultiplyAdd(p, q, V.Broadcast(2.0 / 13));
        p = V.MultiplyAdd(p, q, V.Broadcast(2.0 / 11));
        p = V.MultiplyAdd(p, q, V.Broadcast(2.0 / 9));
        p = V.MultiplyAdd(p, q, V.Broadcast(2.0 / 7));
        p = V.MultiplyAdd(p, q, V.Broadcast(2.0 / 5));
        p = V.MultiplyAdd(p, q, V.Broadcast(2.0 / 3));
        V logMantissa = V.MultiplyAdd(p * q, s, s + s);
        V low = V.MultiplyAdd(e, V.Broadcast(Exponential<V>.Ln2Low), logMantissa);
        return V.MultiplyAdd(e, V.Broadcast(Exponential<V>.Ln2High), low);
    }
}
