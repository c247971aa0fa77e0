using GaussianMixtures.Data;

namespace GaussianMixtures.Covariances;

/// <summary>VII: σ_j² = tr W_j / (d·N_j).</summary>
internal sealed class SphericalType() : ParsimoniousType(Constraint.Variable, Constraint.Identity, Constraint.Identity)
{
    public override IReadOnlyList<string> Aliases => ["spherical"];

    public override ScatterShape ScatterShape => ScatterShape.Trace;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        Covariance[] covariances = new Covariance[scatters.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            double variance = scatters.Scatter(j)[0] / scatters.Weight(j) / scatters.Dimension;
            covariances[j] = new SphericalCovariance(scatters.Dimension, variance);
        }

        return new ComponentCovariances(covariances);
    }
}
