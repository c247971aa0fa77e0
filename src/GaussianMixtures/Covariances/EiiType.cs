using GaussianMixtures.Data;

namespace GaussianMixtures.Covariances;

/// <summary>EII: σ² = Σ_j tr W_j / (d Σ_j N_j), for every component.</summary>
internal sealed class EiiType() : ParsimoniousType(Constraint.Equal, Constraint.Identity, Constraint.Identity)
{
    public override ScatterShape ScatterShape => ScatterShape.Trace;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        double trace = 0;
        for (int j = 0; j < scatters.Components; j++)
        {
            trace += scatters.Scatter(j)[0];
        }

        Covariance shared = new SphericalCovariance(scatters.Dimension, trace / scatters.TotalWeight / scatters.Dimension);
        return ComponentCovariances.Shared(shared, scatters.Components);
    }
}
