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
    /// <summary>Turning by 1e-9 changes the function by the square of that: nothing.</summary>
    private const double Tolerance = 1e-18;

    private const int MostSweeps = 60;

    private readonly OwnAxes _own;
    private readonly double[] _influences;

    /// <summary>F_jᵀ v_e, where W_j = F_j F_jᵀ, for every j and e: t_je is its squared length.</summary>
    private readonly double[] _projected;

    private CommonAxes(OwnAxes own, double[] axes)
    {
        _own = own;
        Axes = axes;
        Table = own.Table.Like();
        _influences = new double[Table.Components];
        _projected = new double[Table.Components * axes.Length];
        Project();
    }

    /// <summary>v_e, one after another.</summary>
    public double[] Axes { get; }

    /// <summary>t_je.</summary>
    public AxisTable Table { get; }

    private int Dimension => Table.Dimension;

    /// <param name="own">The scatters.</param>
    /// <param name="volume">What is to be least.</param>
    /// <param name="starts">Axes to begin at, one after another.</param>
    public static CommonAxes Best(OwnAxes own, VolumeMeasure volume, params IEnumerable<double[]> starts)
    {
        CommonAxes? best = null;
        double lowest = double.PositiveInfinity;
        foreach (double[] axes in starts)
        {
            CommonAxes candidate = At(own, axes);
            double sum = candidate.Sum(volume.Value);
            (best, lowest) = best is null || sum < lowest ? (candidate, sum) : (best, lowest);
        }

        best!.Descend(volume);
        return best;
    }

    /// <summary>The scatters along given axes.</summary>
    public static CommonAxes At(OwnAxes own, double[] axes) => new(own, (double[])axes.Clone());

    /// <summary>Where to look for common axes: the columns, the pooled scatter's axes and each component's own.</summary>
    public static IEnumerable<double[]> Starts(OwnAxes own)
    {
        int d = own.Table.Dimension;
        double[] pooled = new double[Triangle.Length(d)];
        double[] columns = new double[d * d];
        foreach (PrincipalAxes component in own.All)
        {
            VectorKernels.Best.Add(pooled, component.Compose(component.Values));
        }

        for (int e = 0; e < d; e++)
        {
            columns[(e * d) + e] = 1;
        }

        IEnumerable<double[]> shared = own.All.Count > 1 ? [PrincipalAxes.Of(pooled, d).ToArray()] : [];
        return own.All.Select(component => component.ToArray()).Append(columns).Concat(shared);
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

    private double Sum(Func<AxisTable, int, double> value)
    {
        double sum = 0;
        for (int j = 0; j < Table.Components; j++)
        {
            sum += value(Table, j);
        }

        return sum;
    }

    private void Descend(VolumeMeasure volume)
    {
        double gain = double.PositiveInfinity;
        for (int sweep = 0; sweep < MostSweeps && gain > Tolerance; sweep++)
        {
            gain = 0;
            for (int j = 0; j < _influences.Length; j++)
            {
                _influences[j] = volume.Influence(Table, j);
            }

            // Shares: a gain then has no units, and no square of it underflows.
            double total = _influences.Sum();
            VectorKernels.Best.Multiply(_influences, total > 0 ? 1 / total : 0, _influences);

            for (int p = 0; p < Dimension; p++)
            {
                for (int q = p + 1; q < Dimension; q++)
                {
                    gain += Turn(p, q, volume.Power);
                }
            }
        }
    }

    /// <summary>
    /// Turns axes p and q by the best angle θ and returns what the tangent gains. With ρ = √(t_q / t_p), δ = ρ − 1/ρ and the
    /// correlation r along the two axes it is, but for a constant, −½ Σ u δ² cos 2θ − Σ u r δ sin 2θ: least where
    /// tan 2θ = 2 Σ u r δ / Σ u δ². The δ are divided by the largest, so that no square overflows.
    /// </summary>
    private double Turn(int p, int q, double volumePower)
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
                double u = _influences[j];
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

        Rotate(p, q, 0.5 * Math.Atan(tangent), volumePower);
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

    private void Rotate(int p, int q, double angle, double volumePower)
    {
        (double sine, double cosine) = Math.SinCos(angle);
        VectorKernels.Best.Rotate(Axes.AsSpan(p * Dimension, Dimension), Axes.AsSpan(q * Dimension, Dimension), cosine, sine);
        for (int j = 0; j < Table.Components; j++)
        {
            Span<double> first = Projected(j, p);
            Span<double> second = Projected(j, q);
            VectorKernels.Best.Rotate(first, second, cosine, sine);
            double before = Math.Sqrt(Table[j][p]) * Math.Sqrt(Table[j][q]);
            Table[j][p] = VectorKernels.Best.Dot(first, first);
            Table[j][q] = VectorKernels.Best.Dot(second, second);
            double after = Math.Sqrt(Table[j][p]) * Math.Sqrt(Table[j][q]);
            _influences[j] *= before > 0 && after > 0 ? Math.Pow(after / before, 2 * volumePower) : 1;
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

/// <summary>A function of the scatters along common axes that is least where their likelihood is highest.</summary>
/// <param name="Value">A component's share of it.</param>
/// <param name="Influence">u_j, d times the derivative of that by each log t_je: the same for every e.</param>
/// <param name="Power">u_j goes with this power of Π_e t_je.</param>
internal sealed record VolumeMeasure(Func<AxisTable, int, double> Value, Func<AxisTable, int, double> Influence, double Power);
