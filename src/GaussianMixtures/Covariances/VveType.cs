using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>
/// VVE: Σ_j = D B_j Dᵀ: any variances along common axes. Along the axes it is VVI; the axes are those of least
/// Σ_j N_j Σ_e log t_je. See <see cref="CommonAxes"/>, which here begins also where the families EVE and VEE end.
/// </summary>
internal sealed class VveType() : CommonAxesType(Constraint.Variable, Constraint.Variable)
{
    private protected override VolumeMeasure MeasureFor(OwnAxes own)
    {
        double unit = own.All.Max(axes => axes.Values[0]);
        return new VolumeMeasure((table, j) => table.Weights[j] * LogVolume(table[j], unit), (table, j) => table.Weights[j], 0);
    }

    private protected override IEnumerable<double[]> Starts(ComponentScatters scatters, OwnAxes own)
    {
        double[][] starts = [.. CommonAxes.Starts(own)];
        CommonEllipsoid ofEqualShapes = CommonEllipsoid.Of(scatters, []);
        return [.. starts, EveType.Axes(own, starts).Axes, PrincipalAxes.Of(ofEqualShapes.Shape, scatters.Dimension).ToArray()];
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

    /// <summary>log Π_e t_e, in units of the scatters' own, so that scaling changes no digit of it.</summary>
    private static double LogVolume(ReadOnlySpan<double> scatter, double unit)
    {
        double sum = 0;
        foreach (double value in scatter)
        {
            sum += Math.Log(value / unit);
        }

        return sum;
    }
}
