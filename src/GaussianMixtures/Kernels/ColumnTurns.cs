using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>One-sided Jacobi on the columns of small matrices that stand <see cref="SideBySide"/>: see <see cref="PrincipalAxes"/>.</summary>
internal static class ColumnTurns<V>
    where V : struct, ILanes<V>
{
    /// <summary>Products below this share of the lengths are rounding.</summary>
    private const double Rounding = 4 * 2.220446049250313e-16;

    /// <summary>
    /// Where all correlations, and all turns, were this small, what is left is their products, below rounding: no sweep has to look for that. Columns of
    /// nearly the same length are turned far even for a small one.
    /// </summary>
    private const double Last = 1e-8;

    /// <summary>Turns pairs of columns, sweep after sweep, until all are orthogonal.</summary>
    /// <param name="columns">d columns of d rows, of the order of 1.</param>
    /// <param name="squares">d rows: the squared lengths, before and after.</param>
    /// <param name="d">The columns.</param>
    /// <param name="mostSweeps">When to stop at the latest.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Orthogonalize(Span<double> columns, Span<double> squares, int d, int mostSweeps)
    {
        int width = squares.Length / d;
        ref double first = ref columns[..(d * d * width)][0];
        ref double lengths = ref squares[0];
        for (int s = 0; s < width; s += V.Count)
        {
            bool any = true;
            for (int sweep = 0; sweep < mostSweeps && any; sweep++)
            {
                any = Sweep(ref first, ref lengths, d, width, s);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Sweep(ref double columns, ref double squares, int d, int width, int s)
    {
        V one = V.Broadcast(1), rounding = V.Broadcast(Rounding * Rounding), last = V.Broadcast(Last * Last);
        V any = V.Zero;
        for (int p = 0; p < d; p++)
        {
            for (int q = p + 1; q < d; q++)
            {
                int ofP = (p * d * width) + s;
                int ofQ = (q * d * width) + s;
                V across = V.Zero;
                for (int at = 0; at < d * width; at += width)
                {
                    across = V.MultiplyAdd(V.Load(in columns, ofP + at), V.Load(in columns, ofQ + at), across);
                }

                V squareOfP = V.Load(in squares, (p * width) + s);
                V squareOfQ = V.Load(in squares, (q * width) + s);
                V product = squareOfP * squareOfQ;
                V square = across * across;
                // tan θ = 2a / (δ ± √(δ² + 4a²)), the smaller one.
                V difference = squareOfQ - squareOfP;
                V twice = across + across;
                V opposite = V.SelectLess(difference, V.Zero, V.Zero - twice, twice);
                V adjacent = V.Max(difference, V.Zero - difference) + V.Sqrt(V.MultiplyAdd(difference, difference, twice * twice));
                V inverse = one / V.Sqrt(V.MultiplyAdd(opposite, opposite, adjacent * adjacent));
                V threshold = rounding * product;
                V sine = V.SelectLess(threshold, square, opposite * inverse, V.Zero);
                V cosine = V.SelectLess(threshold, square, adjacent * inverse, one);
                any = V.Max(any, V.Max(V.SelectLess(last * product, square, one, V.Zero), V.SelectLess(last, sine * sine, one, V.Zero)));
                squareOfP = V.Zero;
                squareOfQ = V.Zero;
                for (int at = 0; at < d * width; at += width)
                {
                    V own = V.Load(in columns, ofP + at), other = V.Load(in columns, ofQ + at);
                    V turned = (cosine * own) - (sine * other);
                    other = V.MultiplyAdd(sine, own, cosine * other);
                    turned.Store(ref columns, ofP + at);
                    other.Store(ref columns, ofQ + at);
                    squareOfP = V.MultiplyAdd(turned, turned, squareOfP);
                    squareOfQ = V.MultiplyAdd(other, other, squareOfQ);
                }

                squareOfP.Store(ref squares, (p * width) + s);
                squareOfQ.Store(ref squares, (q * width) + s);
            }
        }

        return any.Largest() > 0;
    }
}
