using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>
/// Covariances λ_j C: one ellipsoid in several sizes. The maximum is where C = Σ_j (W_j / λ_j) / Σ_j N_j and
/// λ_j = tr(C⁻¹W_j) / (d N_j) hold together (Celeux &amp; Govaert 1995, doi:10.1016/0031-3203(94)00125-6); each is the maximum given
/// the other. No step lowers the objective, which has one maximum only, wherever the search begins.
/// </summary>
internal sealed class CommonEllipsoid
{
    private CommonEllipsoid(double[] shape, double[] volumes)
    {
        Shape = shape;
        Volumes = volumes;
    }

    /// <summary>C, up to a factor, as a triangle.</summary>
    public double[] Shape { get; }

    /// <summary>λ for that C.</summary>
    public double[] Volumes { get; }

    /// <param name="scatters">W_j.</param>
    /// <param name="volumes">λ: where to begin, and at the end the best.</param>
    public static CommonEllipsoid Of(ComponentScatters scatters, double[] volumes)
    {
        int d = scatters.Dimension;
        double[] shape = new double[Triangle.Length(d)];
        double[] lower = new double[shape.Length];
        double[][] factors = [.. Enumerable.Range(0, volumes.Length).Select(j => Cholesky.SemidefiniteFactor(scatters.Scatter(j), d))];
        VolumeSearch.Run(volumes, () =>
        {
            Array.Clear(shape);
            for (int j = 0; j < volumes.Length; j++)
            {
                double share = volumes[j] > 0 ? 1 / volumes[j] / scatters.TotalWeight : 0;
                ReadOnlySpan<double> scatter = scatters.Scatter(j);
                for (int at = 0; at < shape.Length; at++)
                {
                    shape[at] += share * scatter[at];
                }
            }

            shape.CopyTo(lower, 0);
            return Cholesky.TryFactor(lower, d, 0);
        }, j => Cholesky.TraceOfQuotient(lower, factors[j], d) / scatters.Weight(j) / d);
        return new CommonEllipsoid(shape, volumes);
    }
}
