using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>VEE: Σ_j = λ_j C: one ellipsoid in several sizes. See <see cref="CommonEllipsoid"/>.</summary>
internal sealed class VeeType() : ParsimoniousType(Constraint.Variable, Constraint.Equal, Constraint.Equal)
{
    public override ScatterShape ScatterShape => ScatterShape.Full;

    public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters) => Reestimate(scatters, ComponentCovariances.None);

    internal override ComponentCovariances Reestimate(ComponentScatters scatters, ComponentCovariances former)
    {
        CommonEllipsoid common = CommonEllipsoid.Of(scatters, former);
        Covariance[] covariances = new Covariance[scatters.Components];
        for (int j = 0; j < covariances.Length; j++)
        {
            double[] triangle = new double[common.Shape.Length];
            VectorKernels.Best.Multiply(common.Shape, common.Volumes[j], triangle);
            covariances[j] = new FullCovariance(triangle, scatters.Dimension);
        }

        return new ComponentCovariances(covariances) { Volumes = common.Volumes };
    }
}
