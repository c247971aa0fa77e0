using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>
/// VVE: Σ_j = D B_j Dᵀ: any variances along common axes. Along the axes it is VVI; the axes are those of least
/// Σ_j N_j Σ_e log t_je. See <see cref="CommonAxes"/>, which here begins also where the families EVE and VEE end.
/// </summary>
internal sealed class VveType() : CommonAxesType(Constraint.Variable, Constraint.Variable)
{
    private protected override CommonAxes Search(ComponentScatters scatters, OwnAxes own)
    {
        double[][] starts = [.. CommonAxes.Starts(own)];
        double[] ofEqualVolumes = EveType.Axes(own, starts).Axes;
        double[] ofEqualShapes = PrincipalAxes.Of(CommonEllipsoid.Of(scatters).Shape, scatters.Dimension).ToArray();
        return CommonAxes.Best(own, new VolumeMeasure(LogVolume, (table, j) => table.Weights[j], 0), [.. starts, ofEqualVolumes, ofEqualShapes]);
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

    private static double LogVolume(AxisTable scatter, int component)
    {
        double sum = 0;
        foreach (double value in scatter[component])
        {
            sum += Math.Log(value);
        }

        return scatter.Weights[component] * sum;
    }
}
