namespace GaussianMixtures.Covariances;

/// <summary>VEI: Σ_j = λ_j A, with A diagonal: one shape along the columns, in several sizes. See <see cref="EqualShape"/>.</summary>
internal sealed class VeiType() : ParsimoniousType(Constraint.Variable, Constraint.Equal, Constraint.Identity)
{
    public override ScatterShape ScatterShape => ScatterShape.Diagonal;

    public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters)
    {
        AxisTable table = EqualShape.Estimate(AxisTable.Of(scatters));
        return [.. Enumerable.Range(0, scatters.Components).Select(j => new DiagonalCovariance(table[j].ToArray()))];
    }
}
