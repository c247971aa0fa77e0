using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>
/// The orthonormal axes v_e, common to all components, for which a function of the scatters t_je = v_eᵀ W_j v_e along them is least:
/// Σ_j N_j log Π_e t_je where volumes are free (Flury 1984, doi:10.2307/2288721), Σ_j (Π_e t_je)^(1/d) where they are equal.
/// </summary>
/// <remarks>
/// Both functions lie below their tangents in t, Σ_je (u_j / t_je) t: axes that are better for the tangent are better for the
/// function. As Flury &amp; Gautschi (1986, doi:10.1137/0907013) do, two axes at a time are turned; here by the angle that is best
/// for the tangent in closed form, and then the tangent moves along. Browne &amp; McNicholas (2014, doi:10.1007/s11634-013-0139-1)
/// bound the tangent once more so as to turn all axes in one step; that bound is far off where a component is long and thin, and
/// steps are short then, whereas a pair's best angle does not depend on it.
/// </remarks>
internal sealed partial class CommonAxes
{
    /// <summary>How much farther than is best for the tangent: below 2, where the tangent gains nothing any more.</summary>
    private const double MostFactor = 1.8;

    private readonly ComponentScatters _scatters;

    /// <summary>√t_je.</summary>
    private readonly AxisTable _lengths;

    /// <summary>
    /// F_jᵀ v_e, where W_j = F_j F_jᵀ, for every e and j, one axis' for all components after another's: t_je is its squared length. After it
    /// what <see cref="Influences"/>, <see cref="Units"/> and <see cref="Differences"/> name: one array is made sooner than four.
    /// </summary>
    private readonly double[] _room;

    /// <param name="scatters">W_j.</param>
    /// <param name="axes">Where to begin; left as they are.</param>
    /// <param name="arrays">Where to take arrays from, if from anywhere.</param>
    public CommonAxes(ComponentScatters scatters, double[] axes, LoopArrays? arrays)
    {
        _scatters = scatters;
        Axes = LoopArrays.Take(arrays, axes.Length);
        axes.CopyTo(Axes, 0);
        Table = new AxisTable(scatters.Weights, scatters.Dimension, arrays);
        _lengths = Table.Like();
        _room = LoopArrays.Take(arrays, Table.Components * (axes.Length + 3));
        Project();
    }

    /// <summary>v_e, one after another.</summary>
    public double[] Axes { get; }

    /// <summary>t_je.</summary>
    public AxisTable Table { get; }

    private int Dimension => Table.Dimension;

    /// <summary>u_j.</summary>
    private Span<double> Influences => _room.AsSpan(Table.Components * Axes.Length, Table.Components);

    /// <summary>1 / √(t_p t_q) of the two axes that are turned.</summary>
    private Span<double> Units => _room.AsSpan(Table.Components * (Axes.Length + 1), Table.Components);

    /// <summary>t_q − t_p in that unit: δ.</summary>
    private Span<double> Differences => _room.AsSpan(Table.Components * (Axes.Length + 2), Table.Components);

    /// <summary>The covariances of given variances along the axes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Covariance[] Compose(AxisTable variances)
    {
        Covariance[] covariances = new Covariance[Table.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            double[] triangle = LoopArrays.Take(Table.Arrays, Triangle.Length(Dimension));
            for (int e = 0; e < Dimension; e++)
            {
                PrincipalAxes.AddOuterProduct(variances[j][e], Axes.AsSpan(e * Dimension, Dimension), triangle);
            }

            covariances[j] = new FullCovariance(triangle, Dimension, Table.Arrays);
        }

        return covariances;
    }

    /// <summary>Σ_j of a component's share.</summary>
    public double Sum(Func<AxisTable, int, double> value)
    {
        double sum = 0;
        for (int j = 0; j < Table.Components; j++)
        {
            sum += value(Table, j);
        }

        return sum;
    }

    /// <summary>
    /// Turns axes p and q by an angle θ and returns it with what the tangent could gain. With ρ = √(t_q / t_p), δ = ρ − 1/ρ and the
    /// correlation r along the two axes the tangent is, but for a constant, −½ Σ u δ² cos 2θ − Σ u r δ sin 2θ: least where
    /// tan 2θ = 2 Σ u r δ / Σ u δ². Its curvature Σ u δ² exceeds the function's own, Σ u (δ² − 2 r² (δ² + 2) + 2 p r² δ²) where volumes count
    /// with the power p, and so that angle is too short by the quotient of the two. Up to twice the angle the tangent is no higher than at 0,
    /// and the function lies below it. The δ are divided by the largest, so that no square overflows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Gain, double Angle) Turn(int p, int q, int? root)
    {
        ReadOnlySpan<double> influences = Influences;
        Span<double> units = Units;
        Span<double> differences = Differences;
        double largest = 0;
        for (int j = 0; j < differences.Length; j++)
        {
            (units[j], differences[j]) = Difference(j, p, q);
            largest = Math.Max(largest, Math.Abs(differences[j]));
        }

        if (largest == 0)
        {
            return (0, 0);
        }

        // δ, and the 2 beside its square, in the unit of the largest.
        double power = root is int n ? 1.0 / n : 0;
        double unit = 1 / largest;
        double two = 2 * unit * unit;
        double squares = 0;
        double products = 0;
        double excess = 0;
        for (int j = 0; j < differences.Length; j++)
        {
            double difference = differences[j] * unit;
            if (difference != 0)
            {
                double u = influences[j];
                double correlation = VectorKernels.Best.Dot(Projected(j, p), Projected(j, q)) * units[j];
                double square = difference * difference;
                squares += u * square;
                products += u * correlation * difference;
                excess += u * correlation * correlation * (((1 - power) * square) + two);
            }
        }

        double across = products * unit;
        double tangent = 2 * across / squares;
        if (!(Math.Abs(tangent) > 0))
        {
            return (0, 0);
        }

        double curvature = squares - (2 * excess);
        double factor = squares < MostFactor * curvature ? squares / curvature : MostFactor;
        double angle = factor * 0.5 * Math.Atan(tangent);
        Rotate(p, q, angle, root);
        return (products * products / ((0.5 * squares) + Math.Sqrt((0.25 * squares * squares) + (across * across))), angle);
    }

    /// <summary>1 / √(t_p t_q) and √(t_q / t_p) − √(t_p / t_q); 0 where the component has no scatter along one of the axes, and so no say.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Unit, double Difference) Difference(int component, int p, int q)
    {
        ReadOnlySpan<double> lengths = _lengths[component];
        ReadOnlySpan<double> squares = Table[component];
        double unit = 1 / (lengths[p] * lengths[q]);
        double difference = (squares[q] - squares[p]) * unit;
        return double.IsFinite(difference) ? (unit, difference) : (0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rotate(int p, int q, double angle, int? root)
    {
        (double sine, double cosine) = Math.SinCos(angle);
        VectorKernels.Best.Rotate(Axes.AsSpan(p * Dimension, Dimension), Axes.AsSpan(q * Dimension, Dimension), cosine, sine);
        Span<double> influences = Influences;
        ReadOnlySpan<double> units = Units;
        for (int j = 0; j < influences.Length; j++)
        {
            Span<double> squares = Table[j];
            Span<double> lengths = _lengths[j];
            (squares[p], squares[q]) = VectorKernels.Best.Rotate(Projected(j, p), Projected(j, q), cosine, sine);
            lengths[p] = Math.Sqrt(squares[p]);
            lengths[q] = Math.Sqrt(squares[q]);
            if (root is int n)
            {
                double growth = Roots.Of(lengths[p] * lengths[q] * units[j], n);
                influences[j] *= growth > 0 && double.IsFinite(growth) ? growth * growth : 1;
            }
        }
    }

    /// <summary>F_jᵀ v_e and its length, of all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Project()
    {
        for (int j = 0; j < Table.Components; j++)
        {
            ReadOnlySpan<double> root = _scatters.Root(j);
            for (int e = 0; e < Dimension; e++)
            {
                Span<double> projected = Projected(j, e);
                ReadOnlySpan<double> axis = Axes.AsSpan(e * Dimension, Dimension);
                for (int i = 0, at = 0; i < Dimension; i++)
                {
                    for (int c = 0; c <= i; c++, at++)
                    {
                        projected[c] += root[at] * axis[i];
                    }
                }

            }
        }

        Measure();
    }

    /// <summary>The lengths of what is projected.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure()
    {
        for (int j = 0; j < Table.Components; j++)
        {
            for (int e = 0; e < Dimension; e++)
            {
                Span<double> projected = Projected(j, e);
                double square = VectorKernels.Best.Dot(projected, projected);
                Table[j][e] = square;
                _lengths[j][e] = Math.Sqrt(square);
            }
        }
    }

    private Span<double> Projected(int component, int axis) =>
        _room.AsSpan(((axis * Table.Components) + component) * Dimension, Dimension);
}
