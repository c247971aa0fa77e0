using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>EEE: Σ = Σ_j W_j / Σ_j N_j, for every component.</summary>
internal sealed class TiedType() : ParsimoniousType(Constraint.Equal, Constraint.Equal, Constraint.Equal)
{
    public override IReadOnlyList<string> Aliases => ["tied"];

    public override ScatterShape ScatterShape => ScatterShape.Pooled;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        double[] triangle = LoopArrays.Take(arrays, Triangle.Length(scatters.Dimension));
        VectorKernels.Best.Multiply(scatters.Scatter(0), 1 / scatters.TotalWeight, triangle);
        Covariance shared = new FullCovariance(triangle, scatters.Dimension, arrays);
        return ComponentCovariances.Shared(shared, scatters.Components);
    }
}
