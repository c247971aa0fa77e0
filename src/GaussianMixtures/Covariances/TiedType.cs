using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>EEE: Σ = Σ_j W_j / Σ_j N_j, for every component.</summary>
internal sealed class TiedType() : ParsimoniousType(Constraint.Equal, Constraint.Equal, Constraint.Equal)
{
    public override IReadOnlyList<string> Aliases => ["tied"];

    public override ScatterShape ScatterShape => ScatterShape.Pooled;

    public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters)
    {
        double[] triangle = new double[Triangle.Length(scatters.Dimension)];
        VectorKernels.Best.Multiply(scatters.Scatter(0), 1 / scatters.TotalWeight, triangle);
        Covariance shared = new FullCovariance(triangle, scatters.Dimension);
        return ComponentCovariances.Shared(shared, scatters.Components);
    }
}
