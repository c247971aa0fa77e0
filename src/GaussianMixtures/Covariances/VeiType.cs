using GaussianMixtures.Data;

namespace GaussianMixtures.Covariances;

/// <summary>VEI: Σ_j = λ_j A, with A diagonal: one shape along the columns, in several sizes. See <see cref="EqualShape"/>.</summary>
internal sealed class VeiType() : ParsimoniousType(Constraint.Variable, Constraint.Equal, Constraint.Identity)
{
    public override ScatterShape ScatterShape => ScatterShape.Diagonal;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        EqualShape shape = EqualShape.Of(AxisTable.Of(scatters, arrays), former);
        AxisTable table = shape.Variances();
        Covariance[] covariances = new Covariance[scatters.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            covariances[j] = new DiagonalCovariance(table.Row(j), arrays);
        }

        return new ComponentCovariances(covariances) { Volumes = shape.Volumes };
    }
}
