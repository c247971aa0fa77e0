namespace GaussianMixtures.Covariances;

/// <summary>EEI: Σ = Σ_j diag(W_j) / Σ_j N_j, for every component.</summary>
internal sealed class EeiType() : ParsimoniousType(Constraint.Equal, Constraint.Equal, Constraint.Identity)
{
    public override ScatterShape ScatterShape => ScatterShape.Diagonal;

    public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters)
    {
        Covariance shared = new DiagonalCovariance(AxisTable.Of(scatters).Pooled());
        return ComponentCovariances.Shared(shared, scatters.Components);
    }
}
