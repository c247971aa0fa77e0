using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>Pairs of uniform numbers to pairs of standard normal ones (Box &amp; Muller 1958, doi:10.1214/aoms/1177706645).</summary>
/// <remarks>
/// (√(−2 log u) cos 2πv, √(−2 log u) sin 2πv). The turn v is taken apart into q quarters and a rest t with |t| ≤ 1/8, whose angle
/// θ = 2πt lies within ±π/4, where Taylor polynomials of degree 16 and 15 reach the last place; the quarters then swap and
/// negate cos θ and sin θ.
/// </remarks>
internal static class BoxMuller<V>
    where V : struct, ILanes<V>
{
    /// <summary>Replaces u (in (0, 1]) and v (in [0, 1)) by two independent standard normal numbers. Length: whole tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(Span<double> first, Span<double> second)
    {
        ref double a = ref first[0];
        ref double b = ref second[0];
        V shifter = V.Broadcast(LaneConstants.Shifter);
        for (int s = 0; s < first.Length; s += V.Count)
        {
            V radius = V.Sqrt(V.Broadcast(-2.0) * Logarithm<V>.Of(V.Load(in a, s)));
            V turn = V.Load(in b, s);
            V quarters = V.MultiplyAdd(turn, V.Broadcast(4.0), shifter) - shifter;
            V angle = V.MultiplyAdd(quarters, V.Broadcast(-0.25), turn) * V.Broadcast(2 * Math.PI);
            V square = angle * angle;

            V cosine = V.Broadcast(1.0 / 20922789888000);
            cosine = V.MultiplyAdd(cosine, square, V.Broadcast(-1.0 / 87178291200));
            cosine = V.MultiplyAdd(cosine, square, V.Broadcast(1.0 / 479001600));
            cosine = V.MultiplyAdd(cosine, square, V.Broadcast(-1.0 / 3628800));
            cosine = V.MultiplyAdd(cosine, square, V.Broadcast(1.0 / 40320));
            cosine = V.MultiplyAdd(cosine, square, V.Broadcast(-1.0 / 720));
            cosine = V.MultiplyAdd(cosine, square, V.Broadcast(1.0 / 24));
            cosine = V.MultiplyAdd(cosine, square, V.Broadcast(-0.5));
            cosine = V.MultiplyAdd(cosine, square, V.Broadcast(1.0));

            V sine = V.Broadcast(-1.0 / 1307674368000);
            sine = V.MultiplyAdd(sine, square, V.Broadcast(1.0 / 6227020800));
            sine = V.MultiplyAdd(sine, square, V.Broadcast(-1.0 / 39916800));
            sine = V.MultiplyAdd(sine, square, V.Broadcast(1.0 / 362880));
            sine = V.MultiplyAdd(sine, square, V.Broadcast(-1.0 / 5040));
            sine = V.MultiplyAdd(sine, square, V.Broadcast(1.0 / 120));
            sine = V.MultiplyAdd(sine, square, V.Broadcast(-1.0 / 6));
            sine = V.MultiplyAdd(sine * square, angle, angle);

            // A quarter turn takes (cos, sin) to (−sin, cos); four of them are none.
            V noCosine = V.Zero - cosine, noSine = V.Zero - sine;
            V x = Choose(quarters, cosine, noSine, noCosine, sine);
            V y = Choose(quarters, sine, cosine, noSine, noCosine);
            (radius * x).Store(ref a, s);
            (radius * y).Store(ref b, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Choose(V quarters, V zero, V one, V two, V three)
    {
        V upper = V.SelectLess(quarters, V.Broadcast(2.5), two, V.SelectLess(quarters, V.Broadcast(3.5), three, zero));
        V lower = V.SelectLess(quarters, V.Broadcast(0.5), zero, one);
        return V.SelectLess(quarters, V.Broadcast(1.5), lower, upper);
    }
}
