using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>
/// The eigenvalues, in decreasing order, and the orthonormal eigenvectors of a positive semidefinite matrix kept as a
/// <see cref="Triangle"/>: W = Σ_e ω_e v_e v_eᵀ.
/// </summary>
/// <remarks>
/// One-sided Jacobi on the Cholesky factor (Veselić &amp; Hari 1989, Numerische Mathematik 56, 627–633): W = L Lᵀ, and plane rotations that make
/// the columns of L orthogonal leave √ω_e v_e. Each eigenvalue comes out to digits of its own, also where columns are of very
/// different sizes (Demmel &amp; Veselić 1992, doi:10.1137/0613074), which methods that first make a matrix tridiagonal do not give;
/// and in a few columns it takes a fraction of a microsecond.
/// </remarks>
internal sealed partial class PrincipalAxes
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Jacobi's method ends quadratically, after five to ten sweeps; more than these only chase rounding.</summary>
    private const int MostSweeps = 40;

    private readonly double[] _axes;
    private readonly double[] _values;

    private PrincipalAxes(double[] axes, double[] values)
    {
        _axes = axes;
        _values = values;
    }

    /// <summary>ω, decreasing, not negative.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>All v_e, of length 1, one after another, <see cref="Sharpen">sharp</see>.</summary>
    public double[] ToArray()
    {
        double[] axes = (double[])_axes.Clone();
        Sharpen(axes, _values.Length);
        return axes;
    }

    /// <summary>
    /// Prepares axes for use with other matrices: orthogonal also where their entries are of very different sizes. What W's own small eigenvalues do
    /// not notice would be large against another's.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sharpen(Span<double> axes, int d)
    {
        for (int e = 1; e < d; e++)
        {
            bool any = true;
            for (int pass = 0; pass < MostSweeps && any; pass++)
            {
                any = false;
                for (int larger = 0; larger < e; larger++)
                {
                    any |= Orthogonalize(axes.Slice(e * d, d), axes.Slice(larger * d, d));
                }
            }
        }
    }

    public static PrincipalAxes Of(ReadOnlySpan<double> triangle, int d)
    {
        double[] axes = new double[d * d];
        double[] values = new double[d];
        SemidefiniteFactor.Columns(triangle, d, axes);
        OfFactors(axes, values, d, []);
        return new PrincipalAxes(axes, values);
    }

    /// <summary>triangle += factor · v vᵀ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddOuterProduct(double factor, ReadOnlySpan<double> v, Span<double> triangle)
    {
        for (int i = 0, at = 0; i < v.Length; i++)
        {
            double scaled = factor * v[i];
            for (int j = 0; j <= i; j++, at++)
            {
                triangle[at] += scaled * v[j];
            }
        }
    }

    /// <summary>One rotation for each pair that is not orthogonal yet; false where all are. Keeps the squared lengths.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Sweep(Span<double> axes, Span<double> squares)
    {
        int d = squares.Length;
        bool any = false;
        for (int p = 0; p < d; p++)
        {
            for (int q = p + 1; q < d; q++)
            {
                double across = Dot(axes, p, q, d);
                if (!IsMoreThanRounding(across, squares[p], squares[q]))
                {
                    continue;
                }

                any = true;
                double cotangent = (squares[q] - squares[p]) / (2 * across);
                double tangent = Math.Abs(cotangent) > 1e100
                    ? 0.5 / cotangent
                    : Math.CopySign(1, cotangent) / (Math.Abs(cotangent) + Math.Sqrt(1 + (cotangent * cotangent)));
                double cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
                (squares[p], squares[q]) = VectorKernels.Best.Rotate(axes.Slice(p * d, d), axes.Slice(q * d, d), cosine, tangent * cosine);
            }
        }

        return any;
    }

    /// <summary>|across| > 4 ε √square √other; asked of the squares, where none of them underflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsMoreThanRounding(double across, double square, double other)
    {
        double product = square * other;
        return product is > 1e-200 and < 1e200
            ? across * across > 16 * Epsilon * Epsilon * product
            : Math.Abs(across) > 4 * Epsilon * Math.Sqrt(square) * Math.Sqrt(other);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Dot(ReadOnlySpan<double> rows, int p, int q, int d) => VectorKernels.Best.Dot(rows.Slice(p * d, d), rows.Slice(q * d, d));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort(Span<double> axes, Span<double> values)
    {
        int d = values.Length;
        for (int e = 0; e < d; e++)
        {
            int highest = e;
            for (int other = e + 1; other < d; other++)
            {
                highest = values[other] > values[highest] ? other : highest;
            }

            (values[e], values[highest]) = (values[highest], values[e]);
            for (int i = 0; i < d && highest != e; i++)
            {
                (axes[(e * d) + i], axes[(highest * d) + i]) = (axes[(highest * d) + i], axes[(e * d) + i]);
            }
        }
    }

    /// <summary>axis −= (axis · against) against, unless that product is rounding of its terms.</summary>
    private static bool Orthogonalize(Span<double> axis, ReadOnlySpan<double> against)
    {
        double product = 0;
        double size = 0;
        for (int i = 0; i < axis.Length; i++)
        {
            double term = axis[i] * against[i];
            product += term;
            size += Math.Abs(term);
        }

        if (!(Math.Abs(product) > 16 * axis.Length * Epsilon * size))
        {
            return false;
        }

        for (int i = 0; i < axis.Length; i++)
        {
            axis[i] -= product * against[i];
        }

        return true;
    }

    /// <summary>Length 1 for all; where nothing is left of an axis, any that is orthogonal to the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalize(Span<double> axes, Span<double> values)
    {
        int d = values.Length;
        for (int e = 0; e < d; e++)
        {
            Span<double> axis = axes.Slice(e * d, d);
            double length = Math.Sqrt(values[e]);
            if (length > 0)
            {
                VectorKernels.Best.Multiply(axis, 1 / length, axis);
            }
            else
            {
                Complete(axes, e, d);
            }
        }
    }

    /// <summary>
    /// Axis e as the unit vector farthest from the span of the earlier ones, made orthogonal to them; twice, because the first time
    /// leaves rounding.
    /// </summary>
    private static void Complete(Span<double> axes, int e, int d)
    {
        int farthest = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < d; i++)
        {
            double within = 0;
            for (int other = 0; other < e; other++)
            {
                within += axes[(other * d) + i] * axes[(other * d) + i];
            }

            (farthest, least) = within < least ? (i, within) : (farthest, least);
        }

        Span<double> axis = axes.Slice(e * d, d);
        axis.Clear();
        axis[farthest] = 1;
        for (int time = 0; time < 2; time++)
        {
            for (int other = 0; other < e; other++)
            {
                ReadOnlySpan<double> against = axes.Slice(other * d, d);
                double share = VectorKernels.Best.Dot(axis, against);
                for (int i = 0; i < d; i++)
                {
                    axis[i] -= share * against[i];
                }
            }

            VectorKernels.Best.Multiply(axis, 1 / Math.Sqrt(VectorKernels.Best.Dot(axis, axis)), axis);
        }
    }
}
