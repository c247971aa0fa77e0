using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// Turns two of the axes that components have in common. An axis is a panel of d + 2 rows, components <see cref="SideBySide"/>: F_jᵀ v_e, the
/// squared length t_je of that, and √t_je.
/// </summary>
internal static class AxisTurn<V>
    where V : struct, ILanes<V>
{
    /// <summary>Sets up an axis.</summary>
    /// <param name="roots">The F_j, lower triangles, side by side.</param>
    /// <param name="axis">v_e.</param>
    /// <param name="panel">Receives the axis.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Project(ReadOnlySpan<double> roots, ReadOnlySpan<double> axis, Span<double> panel)
    {
        int d = axis.Length;
        int width = panel.Length / (d + 2);
        ref readonly double f = ref roots[..(Triangle.Length(d) * width)][0];
        ref double a = ref panel[0];
        for (int s = 0; s < width; s += V.Count)
        {
            V square = V.Zero;
            for (int c = 0; c < d; c++)
            {
                V sum = V.Zero;
                for (int i = c, at = Triangle.Index(c, c); i < d; at += ++i)
                {
                    sum = V.MultiplyAdd(V.Load(in f, (at * width) + s), V.Broadcast(axis[i]), sum);
                }

                sum.Store(ref a, (c * width) + s);
                square = V.MultiplyAdd(sum, sum, square);
            }

            square.Store(ref a, (d * width) + s);
            V.Sqrt(square).Store(ref a, ((d + 1) * width) + s);
        }
    }

    /// <summary>What the angle is found from.</summary>
    /// <param name="p">An axis.</param>
    /// <param name="q">Another.</param>
    /// <param name="shares">A panel of three rows: u_j, and room for 1 / √(t_p t_q) and δ_j, which are 0 where a component has no say.</param>
    /// <param name="power">With which volumes count.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TurnSums Measure(ReadOnlySpan<double> p, ReadOnlySpan<double> q, Span<double> shares, double power)
    {
        int width = shares.Length / 3;
        int lengths = p.Length - width;
        int squares = lengths - width;
        ref readonly double a = ref p[0];
        ref readonly double b = ref q[..p.Length][0];
        ref double share = ref shares[0];
        V one = V.Broadcast(1), infinity = V.Broadcast(double.PositiveInfinity);
        V largest = V.Zero;
        for (int s = 0; s < width; s += V.Count)
        {
            V unit = one / (V.Load(in a, lengths + s) * V.Load(in b, lengths + s));
            V difference = (V.Load(in b, squares + s) - V.Load(in a, squares + s)) * unit;
            V size = V.Max(difference, V.Zero - difference);
            V.SelectLess(size, infinity, unit, V.Zero).Store(ref share, width + s);
            V.SelectLess(size, infinity, difference, V.Zero).Store(ref share, (2 * width) + s);
            largest = V.Max(largest, V.SelectLess(size, infinity, size, V.Zero));
        }

        double top = largest.Largest();
        if (top == 0)
        {
            return default;
        }

        double scale = 1 / top;
        V perTop = V.Broadcast(scale), two = V.Broadcast(2 * scale * scale), rest = V.Broadcast(1 - power);
        V sumOfSquares = V.Zero, sumOfProducts = V.Zero, sumOfExcess = V.Zero;
        for (int s = 0; s < width; s += V.Count)
        {
            V product = V.Zero;
            for (int at = s; at < squares; at += width)
            {
                product = V.MultiplyAdd(V.Load(in a, at), V.Load(in b, at), product);
            }

            V influence = V.Load(in share, s);
            V difference = V.Load(in share, (2 * width) + s) * perTop;
            V correlation = product * V.Load(in share, width + s);
            V square = difference * difference;
            V weighted = influence * correlation;
            sumOfSquares = V.MultiplyAdd(influence, square, sumOfSquares);
            sumOfProducts = V.MultiplyAdd(weighted, difference, sumOfProducts);
            sumOfExcess = V.MultiplyAdd(weighted * correlation, V.MultiplyAdd(rest, square, two), sumOfExcess);
        }

        return new TurnSums(scale, sumOfSquares.Sum(), sumOfProducts.Sum(), sumOfExcess.Sum());
    }

    /// <summary>(p, q) becomes (c·p − s·q, s·p + c·q), and the lengths with them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn(Span<double> p, Span<double> q, int width, double cosine, double sine)
    {
        int lengths = p.Length - width;
        int squares = lengths - width;
        ref double a = ref p[0];
        ref double b = ref q[..p.Length][0];
        V c = V.Broadcast(cosine), positive = V.Broadcast(sine), negative = V.Broadcast(-sine);
        for (int s = 0; s < width; s += V.Count)
        {
            V squareOfP = V.Zero, squareOfQ = V.Zero;
            for (int at = s; at < squares; at += width)
            {
                V first = V.Load(in a, at), second = V.Load(in b, at);
                V newFirst = V.MultiplyAdd(negative, second, c * first);
                V newSecond = V.MultiplyAdd(positive, first, c * second);
                newFirst.Store(ref a, at);
                newSecond.Store(ref b, at);
                squareOfP = V.MultiplyAdd(newFirst, newFirst, squareOfP);
                squareOfQ = V.MultiplyAdd(newSecond, newSecond, squareOfQ);
            }

            squareOfP.Store(ref a, squares + s);
            squareOfQ.Store(ref b, squares + s);
            V.Sqrt(squareOfP).Store(ref a, lengths + s);
            V.Sqrt(squareOfQ).Store(ref b, lengths + s);
        }
    }
}

/// <summary>Sums over the components, with δ in a unit in which the largest is 1.</summary>
/// <param name="Scale">What δ was multiplied by; 0 where no component has a say.</param>
/// <param name="Squares">Σ u δ².</param>
/// <param name="Products">Σ u r δ, where r is the correlation along the two axes.</param>
/// <param name="Excess">Σ u r² ((1 − p) δ² + 2), where volumes count with the power p.</param>
internal readonly record struct TurnSums(double Scale, double Squares, double Products, double Excess);
