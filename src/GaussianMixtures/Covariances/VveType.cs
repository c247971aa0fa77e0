using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>
/// VVE: Σ_j = D B_j Dᵀ: any variances along common axes. Along the axes it is VVI; the axes are those of least
/// Σ_j N_j Σ_e log t_je. See <see cref="CommonAxes"/>, which here begins also where the families EVE and VEE end.
/// </summary>
internal sealed class VveType() : CommonAxesType(Constraint.Variable, Constraint.Variable)
{
    private protected override VolumeMeasure MeasureFor(ComponentScatters scatters) =>
        new((table, j) => table.Weights[j] * ScaledProduct.LogOf(table[j]), (table, j) => table.Weights[j], null);

    private protected override IEnumerable<double[]> Starts(ComponentScatters scatters)
    {
        double[][] starts = [.. CommonAxesSearch.Starts(scatters)];
        CommonEllipsoid ofEqualShapes = CommonEllipsoid.Of(scatters, ComponentCovariances.None, null);
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
}
