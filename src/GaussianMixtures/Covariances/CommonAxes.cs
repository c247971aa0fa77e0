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

    /// <summary>Of a row of components.</summary>
    private readonly int _width;

    /// <summary>
    /// One panel for each axis, as <see cref="AxisTurn{V}"/> says, where W_j = F_j F_jᵀ; and then <see cref="Shares"/>.
    /// </summary>
    private readonly double[] _room;

    /// <param name="scatters">W_j.</param>
    /// <param name="axes">Where to begin; left as they are.</param>
    /// <param name="arrays">Where to take arrays from, if from anywhere.</param>
    public CommonAxes(ComponentScatters scatters, double[] axes, LoopArrays? arrays)
    {
        Axes = LoopArrays.Take(arrays, axes.Length);
        axes.CopyTo(Axes, 0);
        Unit = UnitOf(scatters);
        Table = new AxisTable(scatters.Weights, scatters.Dimension, arrays);
        _width = SideBySide.Width(Table.Components);
        _room = LoopArrays.Take(arrays, (Dimension * PanelLength) + (3 * _width));
        Project(scatters);
    }

    /// <summary>v_e, one after another.</summary>
    public double[] Axes { get; }

    /// <summary>
    /// The power of two halfway between the shortest and the longest of the diagonals of the F_j, in whose square the t_je are: what leads where
    /// does not depend on the units of the data, to the last bit.
    /// </summary>
    public double Unit { get; }

    /// <summary>t_je.</summary>
    public AxisTable Table { get; }

    private int Dimension => Table.Dimension;

    private int PanelLength => (Dimension + 2) * _width;

    /// <summary>u_j, and what <see cref="AxisTurn{V}.Measure"/> adds to it.</summary>
    private Span<double> Shares => _room.AsSpan(Dimension * PanelLength);

    private Span<double> Influences => Shares[..Table.Components];

    /// <summary>The covariances of given variances along the axes, in the unit of the t_je.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Covariance[] Compose(AxisTable variances)
    {
        Covariance[] covariances = new Covariance[Table.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            double[] triangle = LoopArrays.Take(Table.Arrays, Triangle.Length(Dimension));
            for (int e = 0; e < Dimension; e++)
            {
                PrincipalAxes.AddOuterProduct(variances[j][e] * Unit * Unit, Axes.AsSpan(e * Dimension, Dimension), triangle);
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
    /// Turns axes p and q by an angle θ and returns its slope, tan θ, with what the tangent could gain. With ρ = √(t_q / t_p), δ = ρ − 1/ρ and the
    /// correlation r along the two axes the tangent is, but for a constant, −½ Σ u δ² cos 2θ − Σ u r δ sin 2θ: least where
    /// tan 2θ = 2 Σ u r δ / Σ u δ². Its curvature Σ u δ² exceeds the function's own, Σ u (δ² − 2 r² (δ² + 2) + 2 p r² δ²) where volumes count
    /// with the power p, and so that angle is too short by the quotient of the two: its slope is made so much steeper. Up to twice the angle the
    /// tangent is no higher than at 0, and the function lies below it. The δ are divided by the largest, so that no square overflows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Gain, double Slope) Turn(int p, int q, int? root)
    {
        TurnSums sums = VectorKernels.ForRows(_width).MeasureTurn(PanelOf(p), PanelOf(q), Shares, root is int n ? 1.0 / n : 0);
        double across = sums.Products * sums.Scale;
        double ofTwice = 2 * across / sums.Squares;
        if (!(Math.Abs(ofTwice) > 0))
        {
            return (0, 0);
        }

        double curvature = sums.Squares - (2 * sums.Excess);
        double factor = sums.Squares < MostFactor * curvature ? sums.Squares / curvature : MostFactor;
        double slope = factor * ofTwice / (1 + Math.Sqrt(1 + (ofTwice * ofTwice)));
        Rotate(p, q, slope, root);
        double gain = sums.Products * sums.Products / ((0.5 * sums.Squares) + Math.Sqrt((0.25 * sums.Squares * sums.Squares) + (across * across)));
        return (gain, slope);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rotate(int p, int q, double slope, int? root)
    {
        double cosine = 1 / Math.Sqrt(1 + (slope * slope));
        double sine = slope * cosine;
        VectorKernels.Best.Rotate(Axes.AsSpan(p * Dimension, Dimension), Axes.AsSpan(q * Dimension, Dimension), cosine, sine);
        VectorKernels.ForRows(_width).Turn(PanelOf(p), PanelOf(q), _width, cosine, sine);
        if (root is int n)
        {
            Span<double> influences = Influences;
            ReadOnlySpan<double> units = Shares[_width..];
            ReadOnlySpan<double> lengthsOfP = PanelOf(p)[^_width..];
            ReadOnlySpan<double> lengthsOfQ = PanelOf(q)[^_width..];
            for (int j = 0; j < influences.Length; j++)
            {
                double growth = Roots.Of(lengthsOfP[j] * lengthsOfQ[j] * units[j], n);
                influences[j] *= growth > 0 && double.IsFinite(growth) ? growth * growth : 1;
            }
        }
    }

    private static double UnitOf(ComponentScatters scatters)
    {
        int least = int.MaxValue;
        int most = int.MinValue;
        for (int j = 0; j < scatters.Components; j++)
        {
            ReadOnlySpan<double> root = scatters.Root(j);
            for (int i = 0; i < scatters.Dimension; i++)
            {
                double diagonal = root[Triangle.Index(i, i)];
                if (double.IsNormal(diagonal))
                {
                    int exponent = Math.ILogB(diagonal);
                    least = Math.Min(least, exponent);
                    most = Math.Max(most, exponent);
                }
            }
        }

        return least <= most ? Math.ScaleB(1, (least + most) >> 1) : 1;
    }

    /// <summary>F_jᵀ v_e and its length, of all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Project(ComponentScatters scatters)
    {
        double[] axis = LoopArrays.Take(Table.Arrays, Dimension);
        for (int e = 0; e < Dimension; e++)
        {
            VectorKernels.Best.Multiply(Axes.AsSpan(e * Dimension, Dimension), 1 / Unit, axis);
            VectorKernels.ForRows(_width).Project(scatters.RootsSideBySide, axis, PanelOf(e));
        }

        Tabulate();
    }

    /// <summary>The squared lengths, component by component.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tabulate()
    {
        for (int e = 0; e < Dimension; e++)
        {
            ReadOnlySpan<double> squares = PanelOf(e)[(Dimension * _width)..];
            for (int j = 0; j < Table.Components; j++)
            {
                Table[j][e] = squares[j];
            }
        }
    }

    private Span<double> PanelOf(int axis) => _room.AsSpan(axis * PanelLength, PanelLength);
}
