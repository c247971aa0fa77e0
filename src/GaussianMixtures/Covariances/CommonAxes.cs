using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>
/// The orthonormal axes v_e, common to all components, for which a function of the scatters t_je = v_eᵀ W_j v_e along them is least:
/// Σ_j N_j log Π_e t_je where volumes are free (Flury 1984, doi:10.2307/2288721), Σ_j (Π_e t_je)^(1/d) where they are equal.
/// </summary>
/// <remarks>
/// <para>
/// Both functions lie below their tangents in t, Σ_je (u_j / t_je) t: axes that are better for the tangent are better for the
/// function. As Flury &amp; Gautschi (1986, doi:10.1137/0907013) do, two axes at a time are turned; here by the angle that is best
/// for the tangent in closed form, and then the tangent moves along. Browne &amp; McNicholas (2014, doi:10.1007/s11634-013-0139-1)
/// bound the tangent once more so as to turn all axes in one step; that bound is far off where a component is long and thin, and
/// steps are short then, whereas a pair's best angle does not depend on it.
/// </para>
/// <para>
/// There may be several local minima. The search begins at the best of the columns, the pooled scatter's axes, each component's own,
/// and what the family adds; so it ends no worse than a family whose axes are among these.
/// </para>
/// </remarks>
internal sealed class CommonAxes
{
    /// <summary>Turning by 1e-12 of a right angle changes nothing any more, and the function by the square of that.</summary>
    private const double Tolerance = 1e-24;

    private const int MostSweeps = 500;

    private readonly OwnAxes _own;
    private readonly ComponentValue _influence;

    /// <summary>F_jᵀ v_e, where W_j = F_j F_jᵀ, for every j and e: t_je is its squared length.</summary>
    private readonly double[] _projected;

    private CommonAxes(OwnAxes own, ComponentValue influence, double[] axes)
    {
        _own = own;
        _influence = influence;
        Axes = axes;
        Table = own.Table.Like();
        _projected = new double[Table.Components * axes.Length];
        Project();
    }

    /// <summary>v_e, one after another.</summary>
    public double[] Axes { get; }

    /// <summary>t_je.</summary>
    public AxisTable Table { get; }

    private int Dimension => Table.Dimension;

    /// <param name="scatters">Full scatters.</param>
    /// <param name="value">A component's share of the function, given t.</param>
    /// <param name="influence">u_j: its derivative by log t_je, the same for every e.</param>
    /// <param name="further">Axes to begin at, besides those that are always tried.</param>
    public static CommonAxes Of(ComponentScatters scatters, ComponentValue value, ComponentValue influence, params IEnumerable<double[]> further)
    {
        OwnAxes own = OwnAxes.Of(scatters);
        double[] pooled = new double[Triangle.Length(scatters.Dimension)];
        for (int j = 0; j < scatters.Components; j++)
        {
            VectorKernels.Best.Add(pooled, scatters.Scatter(j));
        }

        CommonAxes best = new(own, influence, PrincipalAxes.Of(pooled, scatters.Dimension).ToArray());
        double lowest = best.Sum(value);
        foreach (double[] axes in own.All.Select(component => component.ToArray()).Append(Columns(scatters.Dimension)).Concat(further))
        {
            CommonAxes candidate = new(own, influence, axes);
            double sum = candidate.Sum(value);
            (best, lowest) = sum < lowest ? (candidate, sum) : (best, lowest);
        }

        best.Descend();
        return best;
    }

    /// <summary>The covariances of given variances along the axes.</summary>
    public IReadOnlyList<Covariance> Compose(AxisTable variances)
    {
        Covariance[] covariances = new Covariance[Table.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            double[] triangle = new double[Triangle.Length(Dimension)];
            for (int e = 0; e < Dimension; e++)
            {
                PrincipalAxes.AddOuterProduct(variances[j][e], Axes.AsSpan(e * Dimension, Dimension), triangle);
            }

            covariances[j] = new FullCovariance(triangle, Dimension);
        }

        return covariances;
    }

    private static double[] Columns(int d)
    {
        double[] identity = new double[d * d];
        for (int e = 0; e < d; e++)
        {
            identity[(e * d) + e] = 1;
        }

        return identity;
    }

    private double Sum(ComponentValue value)
    {
        double sum = 0;
        for (int j = 0; j < Table.Components; j++)
        {
            sum += value(Table, j);
        }

        return sum;
    }

    private void Descend()
    {
        double gain = double.PositiveInfinity;
        for (int sweep = 0; sweep < MostSweeps && gain > Tolerance * Sum(_influence); sweep++)
        {
            gain = 0;
            for (int p = 0; p < Dimension; p++)
            {
                for (int q = p + 1; q < Dimension; q++)
                {
                    gain += Turn(p, q);
                }
            }
        }
    }

    /// <summary>
    /// Turns axes p and q by the best angle θ and returns what the tangent gains. With ρ = √(t_q / t_p), δ = ρ − 1/ρ and the
    /// correlation r along the two axes it is, but for a constant, −½ Σ u δ² cos 2θ − Σ u r δ sin 2θ: least where
    /// tan 2θ = 2 Σ u r δ / Σ u δ². The δ are divided by the largest, so that no square overflows.
    /// </summary>
    private double Turn(int p, int q)
    {
        double largest = 0;
        for (int j = 0; j < Table.Components; j++)
        {
            largest = Math.Max(largest, Math.Abs(Difference(j, p, q)));
        }

        if (largest == 0)
        {
            return 0;
        }

        double squares = 0;
        double products = 0;
        for (int j = 0; j < Table.Components; j++)
        {
            double difference = Difference(j, p, q) / largest;
            if (difference != 0)
            {
                double u = _influence(Table, j);
                double correlation = VectorKernels.Best.Dot(Projected(j, p), Projected(j, q)) / Math.Sqrt(Table[j][p]) / Math.Sqrt(Table[j][q]);
                squares += u * difference * difference;
                products += u * correlation * difference;
            }
        }

        double tangent = 2 * products / largest / squares;
        if (!(Math.Abs(tangent) > 0))
        {
            return 0;
        }

        Rotate(p, q, 0.5 * Math.Atan(tangent));
        double across = products / largest;
        return products * products / ((0.5 * squares) + Math.Sqrt((0.25 * squares * squares) + (across * across)));
    }

    /// <summary>√(t_q / t_p) − √(t_p / t_q); 0 where the component has no scatter along one of the axes, and so no say.</summary>
    private double Difference(int component, int p, int q)
    {
        ReadOnlySpan<double> t = Table[component];
        double ratio = Math.Sqrt(t[q]) / Math.Sqrt(t[p]);
        return ratio > 0 && double.IsFinite(ratio) ? ratio - (1 / ratio) : 0;
    }

    private void Rotate(int p, int q, double angle)
    {
        (double sine, double cosine) = Math.SinCos(angle);
        PrincipalAxes.Rotate(Axes.AsSpan(p * Dimension, Dimension), Axes.AsSpan(q * Dimension, Dimension), cosine, sine);
        for (int j = 0; j < Table.Components; j++)
        {
            Span<double> first = Projected(j, p);
            Span<double> second = Projected(j, q);
            PrincipalAxes.Rotate(first, second, cosine, sine);
            Table[j][p] = VectorKernels.Best.Dot(first, first);
            Table[j][q] = VectorKernels.Best.Dot(second, second);
        }
    }

    /// <summary>From the scatters' own axes √ω_c v_c, which are factors of theirs, to their projections on the common ones.</summary>
    private void Project()
    {
        for (int j = 0; j < Table.Components; j++)
        {
            PrincipalAxes own = _own.All[j];
            for (int e = 0; e < Dimension; e++)
            {
                Span<double> projected = Projected(j, e);
                for (int c = 0; c < Dimension; c++)
                {
                    projected[c] = Math.Sqrt(own.Values[c]) * VectorKernels.Best.Dot(own.Axis(c), Axes.AsSpan(e * Dimension, Dimension));
                }

                Table[j][e] = VectorKernels.Best.Dot(projected, projected);
            }
        }
    }

    private Span<double> Projected(int component, int axis) =>
        _projected.AsSpan(((component * Dimension) + axis) * Dimension, Dimension);
}

/// <summary>What a component contributes, given all scatters along the axes.</summary>
internal delegate double ComponentValue(AxisTable scatter, int component);
