using GaussianMixtures.Data;

namespace GaussianMixtures.Covariances;

/// <summary>EVI: Σ_j = λ A_j, with A_j diagonal: shapes along the columns, all of one volume. See <see cref="EqualVolume"/>.</summary>
internal sealed class EviType() : ParsimoniousType(Constraint.Equal, Constraint.Variable, Constraint.Identity)
{
    public override ScatterShape ScatterShape => ScatterShape.Diagonal;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        AxisTable table = EqualVolume.Estimate(AxisTable.Of(scatters, arrays));
        Covariance[] covariances = new Covariance[scatters.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            covariances[j] = new DiagonalCovariance(table.Row(j), arrays);
        }

        return new ComponentCovariances(covariances);
    }
}
