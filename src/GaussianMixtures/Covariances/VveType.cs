using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>
/// VVE: Σ_j = D B_j Dᵀ: any variances along common axes. Along the axes it is VVI; the axes are those of least
/// Σ_j N_j Σ_e log t_je. See <see cref="CommonAxes"/>, which here begins also where the families EVE and VEE end.
/// </summary>
internal sealed class VveType() : ParsimoniousType(Constraint.Variable, Constraint.Variable, Constraint.Equal)
{
    public override ScatterShape ScatterShape => ScatterShape.Full;

    public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters)
    {
        CommonAxes common = CommonAxes.Of(scatters, LogVolume, (table, j) => table.Weights[j],
            EveType.Axes(scatters).Axes, PrincipalAxes.Of(CommonEllipsoid.Of(scatters).Shape, scatters.Dimension).ToArray());
        AxisTable variances = common.Table.Like();
        for (int j = 0; j < scatters.Components; j++)
        {
            VectorKernels.Best.Multiply(common.Table[j], 1 / scatters.Weight(j), variances[j]);
        }

        return common.Compose(variances);
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
