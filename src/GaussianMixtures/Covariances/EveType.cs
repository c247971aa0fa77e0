namespace GaussianMixtures.Covariances;

/// <summary>
/// EVE: Σ_j = λ D A_j Dᵀ: shapes along common axes, all of one volume. Along the axes it is EVI; the axes are those of least
/// Σ_j (Π_e t_je)^(1/d). See <see cref="CommonAxes"/> and <see cref="EqualVolume"/>.
/// </summary>
internal sealed class EveType() : CommonAxesType(Constraint.Equal, Constraint.Variable)
{
    public static CommonAxes Axes(OwnAxes own, IEnumerable<double[]> starts) => CommonAxes.Best(own, Measure(own), starts);

    private protected override VolumeMeasure MeasureFor(OwnAxes own) => Measure(own);

    private protected override AxisTable Variances(AxisTable scatter) => EqualVolume.Estimate(scatter);

    private static VolumeMeasure Measure(OwnAxes own) => new(Root, Root, 1.0 / own.Table.Dimension);

    private static double Root(AxisTable scatter, int component) => EqualVolume.Root(scatter[component]);
}
