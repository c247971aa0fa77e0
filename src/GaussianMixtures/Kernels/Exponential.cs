using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// e^x for x ≤ 0, to about 2 units in the last place, and 0 below −708 (where the hardware would fall into denormals).
/// </summary>
/// <remarks>
/// x = n·ln 2 + r with n integer and |r| ≤ ln 2 / 2; e^x = 2^n · e^r. Adding 1.5·2^52 rounds x / ln 2 to n and leaves n in
/// the low bits of the sum. ln 2 is split in two (Cody &amp; Waite 1980) so that n·ln 2 is subtracted without loss. e^r is its
/// Taylor polynomial of degree 13, whose truncation error 0.35^14 / 14! = 4e-18 is below the rounding; its terms are taken in pairs, fours
/// and eights (Estrin), for a chain of thirteen dependent multiply-adds would leave the hardware waiting.
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
        V p0 = V.MultiplyAdd(r2, Pair(r, 1.0 / 2, 1.0 / 6), Pair(r, 1.0, 1.0));
        V p4 = V.MultiplyAdd(r2, Pair(r, 1.0 / 720, 1.0 / 5040), Pair(r, 1.0 / 24, 1.0 / 120));
        V p8 = V.MultiplyAdd(r2, Pair(r, 1.0 / 3628800, 1.0 / 39916800), Pair(r, 1.0 / 40320, 1.0 / 362880));
        p8 = V.MultiplyAdd(r4, Pair(r, 1.0 / 479001600, 1.0 / 6227020800), p8);
        V p = V.MultiplyAdd(r4 * r4, p8, V.MultiplyAdd(r4, p4, p0));

        return V.SelectLess(x, lowest, V.Zero, V.ScaleByShifted(p, shifted));
    }

    /// <summary>a + b·r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pair(V r, double a, double b) => V.MultiplyAdd(V.Broadcast(b), r, V.Broadcast(a));
}
