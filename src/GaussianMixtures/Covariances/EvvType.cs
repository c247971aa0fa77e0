using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>EVV: Σ_j = λ C_j with |C_j| = 1: any ellipsoids of one volume. C_j is W_j over its volume; see <see cref="EqualVolume"/>.</summary>
internal sealed class EvvType() : ParsimoniousType(Constraint.Equal, Constraint.Variable, Constraint.Variable)
{
    public override ScatterShape ScatterShape => ScatterShape.Full;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        double[] factors = EqualVolume.Factors(Pivots(scatters, arrays));
        Covariance[] covariances = new Covariance[scatters.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            double[] triangle = LoopArrays.Take(arrays, Triangle.Length(scatters.Dimension));
            VectorKernels.Best.Multiply(scatters.Scatter(j), factors[j], triangle);
            covariances[j] = new FullCovariance(triangle, scatters.Dimension, arrays);
        }

        return new ComponentCovariances(covariances);
    }

    /// <summary>The squared diagonals of the Cholesky factors, whose products are the determinants; zero where there is no factor.</summary>
    private static AxisTable Pivots(ComponentScatters scatters, LoopArrays? arrays)
    {
        AxisTable pivots = new(scatters.Weights, scatters.Dimension, arrays);
        double[] lower = LoopArrays.Take(arrays, Triangle.Length(scatters.Dimension));
        for (int j = 0; j < scatters.Components; j++)
        {
            scatters.Scatter(j).CopyTo(lower);
            bool isRegular = Cholesky.TryFactor(lower, scatters.Dimension, 0);
            for (int i = 0; i < scatters.Dimension && isRegular; i++)
            {
                double root = lower[Triangle.Index(i, i)];
                pivots[j][i] = root * root;
            }
        }

        return pivots;
    }
}
