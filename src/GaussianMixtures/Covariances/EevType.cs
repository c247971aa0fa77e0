using GaussianMixtures.Data;

namespace GaussianMixtures.Covariances;

/// <summary>EEV: Σ_j = D_j B D_jᵀ: one ellipsoid, turned another way in each component. D_j are the principal axes of W_j in decreasing order,
/// and B pools the scatter along them.</summary>
internal sealed class EevType() : ParsimoniousType(Constraint.Equal, Constraint.Equal, Constraint.Variable)
{
    public override ScatterShape ScatterShape => ScatterShape.Full;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        OwnAxes own = OwnAxes.Of(scatters, arrays);
        double[] shared = own.Table.Pooled();
        return new ComponentCovariances(own.Compose(_ => shared));
    }
}
