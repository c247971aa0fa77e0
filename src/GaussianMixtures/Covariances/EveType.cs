namespace GaussianMixtures.Covariances;

/// <summary>
/// EVE: Σ_j = λ D A_j Dᵀ: shapes along common axes, all of one volume. Along the axes it is EVI; the axes are those of least
/// Σ_j (Π_e t_je)^(1/d). See <see cref="CommonAxes"/> and <see cref="EqualVolume"/>.
/// </summary>
internal sealed class EveType() : ParsimoniousType(Constraint.Equal, Constraint.Variable, Constraint.Equal)
{
    public override ScatterShape ScatterShape => ScatterShape.Full;

    public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters)
    {
        CommonAxes common = Axes(scatters);
        return common.Compose(EqualVolume.Estimate(common.Table));
    }

    public static CommonAxes Axes(ComponentScatters scatters) => CommonAxes.Of(scatters, Volume, Volume);

    /// <summary>(Π_e t_je)^(1/d), whose derivative by each log t_je is itself, over d.</summary>
    private static double Volume(AxisTable scatter, int component) => EqualVolume.Root(scatter[component]);
}
