using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>VVI: Σ_j = diag(W_j) / N_j.</summary>
internal sealed class DiagonalType() : ParsimoniousType(Constraint.Variable, Constraint.Variable, Constraint.Identity)
{
    public override IReadOnlyList<string> Aliases => ["diagonal", "diag"];

    public override ScatterShape ScatterShape => ScatterShape.Diagonal;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        Covariance[] covariances = new Covariance[scatters.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            double[] variances = LoopArrays.Take(arrays, scatters.Dimension);
            VectorKernels.Best.Multiply(scatters.Scatter(j), 1 / scatters.Weight(j), variances);
            covariances[j] = new DiagonalCovariance(variances, arrays);
        }

        return new ComponentCovariances(covariances);
    }
}
