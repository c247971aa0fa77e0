using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>VVV: Σ_j = W_j / N_j.</summary>
internal sealed class FullType() : ParsimoniousType(Constraint.Variable, Constraint.Variable, Constraint.Variable)
{
    public override IReadOnlyList<string> Aliases => ["full"];

    public override ScatterShape ScatterShape => ScatterShape.Full;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        Covariance[] covariances = new Covariance[scatters.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            double[] triangle = LoopArrays.Take(arrays, Triangle.Length(scatters.Dimension));
            VectorKernels.Best.Multiply(scatters.Scatter(j), 1 / scatters.Weight(j), triangle);
            covariances[j] = new FullCovariance(triangle, scatters.Dimension, arrays);
        }

        return new ComponentCovariances(covariances);
    }
}
