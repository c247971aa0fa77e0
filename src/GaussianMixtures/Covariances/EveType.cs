namespace GaussianMixtures.Covariances;

/// <summary>
/// EVE: Σ_j = λ D A_j Dᵀ: shapes along common axes, all of one volume. Along the axes it is EVI; the axes are those of least
/// Σ_j (Π_e t_je)^(1/d). See <see cref="CommonAxes"/> and <see cref="EqualVolume"/>.
/// </summary>
internal sealed class EveType() : CommonAxesType(Constraint.Equal, Constraint.Variable)
{
    public static CommonAxes Axes(ComponentScatters scatters, IEnumerable<double[]> starts) => CommonAxesSearch.Best(scatters, Measure(scatters), starts);

    private protected override VolumeMeasure MeasureFor(ComponentScatters scatters) => Measure(scatters);

    private protected override AxisTable Variances(AxisTable scatter) => EqualVolume.Estimate(scatter);

    private static VolumeMeasure Measure(ComponentScatters scatters) => new(Root, Root, scatters.Dimension);

    private static double Root(AxisTable scatter, int component) => EqualVolume.Root(scatter[component]);
}
