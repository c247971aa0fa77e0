using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// e^x for x ≤ 0, to about 2 units in the last place, and 0 below −708 (where the hardware would fall into denormals).
/// </summary>
/// <remarks>
/// x = n·ln 2 + r with n integer and |r| ≤ ln 2 / 2; e^x = 2^n · e^r. Adding 1.5·2^52 rounds x / ln 2 to n and leaves n in
/// the low bits of the sum. ln 2 is split in two (Cody &amp; Waite 1980) so that n·ln 2 is subtracted without loss. e^r is
/// 1 + r + r²·g(r), where g is the polynomial of degree 9 through (e^r − 1 − r) / r² at the ten Chebyshev nodes of that interval: within
/// 1.7e-17 of e^r, a seventh of a rounding, for which a Taylor polynomial would need two terms more. Terms are taken in pairs and fours
/// (Estrin), for a chain of eleven dependent multiply-adds would leave the hardware waiting.
/// </remarks>
internal static class Exponential<V>
    where V : struct, ILanes<V>
{
    private const double Lowest = -708;
    private const double Log2E = 1.4426950408889634;
    public const double Ln2High = 0.693147180369123816490; // low 32 bits zero: n · Ln2High is exact
    public const double Ln2Low = 1.90821492927058770002e-10;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfNonPositive(V x)
    {
        V lowest = V.Broadcast(Lowest);
        V clamped = V.Max(x, lowest);
        V shifter = V.Broadcast(LaneConstants.Shifter);
        V shifted = V.MultiplyAdd(clamped, V.Broadcast(Log2E), shifter);
        V n = shifted - shifter;
        V r = V.MultiplyAdd(n, V.Broadcast(-Ln2High), clamped);
        r = V.MultiplyAdd(n, V.Broadcast(-Ln2Low), r);

        V r2 = r * r;
        V r4 = r2 * r2;
        V p0 = V.MultiplyAdd(r2, Pair(r, 0.5000000000000001, 0.16666666666666669), r + V.Broadcast(1.0));
        V p4 = V.MultiplyAdd(r2, Pair(r, 0.0013888888917196736, 0.00019841269863040559), Pair(r, 0.041666666666624164, 0.008333333333330065));
        V p8 = V.MultiplyAdd(r2, Pair(r, 2.7620075892548164e-07, 2.51003758422237e-08), Pair(r, 2.480152132234228e-05, 2.7557268480289716e-06));
        V p = V.MultiplyAdd(r4, V.MultiplyAdd(r4, p8, p4), p0);

        return V.SelectLess(x, lowest, V.Zero, V.ScaleByShifted(p, shifted));
    }

    /// <summary>a + b·r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pair(V r, double a, double b) => V.MultiplyAdd(V.Broadcast(b), r, V.Broadcast(a));
}
