using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>
/// VVE: Σ_j = D B_j Dᵀ: any variances along common axes. Along the axes it is VVI; the axes are those of least
/// Σ_j N_j Σ_e log t_je. See <see cref="CommonAxes"/>, which here begins also where the families EVE and VEE end.
/// </summary>
internal sealed class VveType() : CommonAxesType(Constraint.Variable, Constraint.Variable)
{
    private protected override VolumeMeasure MeasureFor(ComponentScatters scatters)
    {
        double unit = Enumerable.Range(0, scatters.Components).Max(j => LargestDiagonal(scatters.Scatter(j), scatters.Dimension));
        return new VolumeMeasure((table, j) => table.Weights[j] * LogVolume(table[j], unit), (table, j) => table.Weights[j], 0);
    }

    private protected override IEnumerable<double[]> Starts(ComponentScatters scatters)
    {
        double[][] starts = [.. CommonAxes.Starts(scatters)];
        CommonEllipsoid ofEqualShapes = CommonEllipsoid.Of(scatters, []);
        return [.. starts, EveType.Axes(scatters, starts).Axes, PrincipalAxes.Of(ofEqualShapes.Shape, scatters.Dimension).ToArray()];
    }

    private protected override AxisTable Variances(AxisTable scatter)
    {
        AxisTable variances = scatter.Like();
        for (int j = 0; j < scatter.Components; j++)
        {
            VectorKernels.Best.Multiply(scatter[j], 1 / scatter.Weights[j], variances[j]);
        }

        return variances;
    }

    private static double LargestDiagonal(ReadOnlySpan<double> triangle, int d)
    {
        double largest = 0;
        for (int i = 0; i < d; i++)
        {
            largest = Math.Max(largest, triangle[Triangle.Index(i, i)]);
        }

        return largest;
    }

    /// <summary>log Π_e t_e, in units of the scatters' own, so that scaling changes no digit of it.</summary>
    private static double LogVolume(ReadOnlySpan<double> scatter, double unit)
    {
        ScaledProduct product = new();
        foreach (double value in scatter)
        {
            product.Multiply(value / unit);
        }

        return product.Log;
    }
}
