using GaussianMixtures.Data;

namespace GaussianMixtures.Covariances;

/// <summary>EEI: Σ = Σ_j diag(W_j) / Σ_j N_j, for every component.</summary>
internal sealed class EeiType() : ParsimoniousType(Constraint.Equal, Constraint.Equal, Constraint.Identity)
{
    public override ScatterShape ScatterShape => ScatterShape.Diagonal;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        Covariance shared = new DiagonalCovariance(AxisTable.Of(scatters, arrays).Pooled(), arrays);
        return ComponentCovariances.Shared(shared, scatters.Components);
    }
}
