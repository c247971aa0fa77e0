using GaussianMixtures.Data;

namespace GaussianMixtures.Covariances;

/// <summary>VEV: Σ_j = λ_j D_j A D_jᵀ: one shape in several sizes, turned another way in each component. D_j are the principal axes of W_j in
/// decreasing order; along them it is VEI. See <see cref="EqualShape"/>.</summary>
internal sealed class VevType() : ParsimoniousType(Constraint.Variable, Constraint.Equal, Constraint.Variable)
{
    public override ScatterShape ScatterShape => ScatterShape.Full;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        OwnAxes own = OwnAxes.Of(scatters, arrays);
        EqualShape shape = EqualShape.Of(own.Table, former);
        AxisTable table = shape.Variances();
        return new ComponentCovariances(own.Compose(j => table[j])) { Volumes = shape.Volumes };
    }
}
