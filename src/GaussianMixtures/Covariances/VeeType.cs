using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>VEE: Σ_j = λ_j C: one ellipsoid in several sizes. See <see cref="CommonEllipsoid"/>.</summary>
internal sealed class VeeType() : ParsimoniousType(Constraint.Variable, Constraint.Equal, Constraint.Equal)
{
    public override ScatterShape ScatterShape => ScatterShape.Full;

    private protected override ComponentCovariances Estimate(ComponentScatters scatters, ComponentCovariances former, LoopArrays? arrays)
    {
        CommonEllipsoid common = CommonEllipsoid.Of(scatters, former, arrays);
        Covariance[] covariances = new Covariance[scatters.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            double[] triangle = LoopArrays.Take(arrays, common.Shape.Length);
            VectorKernels.Best.Multiply(common.Shape, common.Volumes[j], triangle);
            covariances[j] = new FullCovariance(triangle, scatters.Dimension, arrays);
        }

        return new ComponentCovariances(covariances) { Volumes = common.Volumes };
    }
}
