using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>VVV: Σ_j = W_j / N_j.</summary>
internal sealed class FullType() : ParsimoniousType(Constraint.Variable, Constraint.Variable, Constraint.Variable)
{
    public override IReadOnlyList<string> Aliases => ["full"];

    public override ScatterShape ScatterShape => ScatterShape.Full;

    public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters) => Estimate(scatters, null);

    /// <remarks>Only the library asks for this, and keeps no covariance that it has given back: a type from outside may.</remarks>
    internal override ComponentCovariances Reestimate(ComponentScatters scatters, ComponentCovariances former) =>
        Estimate(scatters, scatters.Arrays);

    private static ComponentCovariances Estimate(ComponentScatters scatters, LargeArrays? arrays)
    {
        Covariance[] covariances = new Covariance[scatters.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            double[] triangle = LargeArrays.Take(arrays, Triangle.Length(scatters.Dimension));
            VectorKernels.Best.Multiply(scatters.Scatter(j), 1 / scatters.Weight(j), triangle);
            covariances[j] = new FullCovariance(triangle, scatters.Dimension, arrays);
        }

        return new ComponentCovariances(covariances);
    }
}
