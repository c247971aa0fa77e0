namespace GaussianMixtures.Priors;

/// <summary>A <see cref="ConjugateCovariance"/> with its posterior distribution.</summary>
internal abstract class ConjugatePrecision : ConjugateCovariance
{
    /// <summary>ν_j, given the weights N_j of the components.</summary>
    public abstract double[] DegreesOfFreedom(double prior, double[] counts, int dimension);

    /// <summary>E ln|Λ_j| + ln|Σ_j|.</summary>
    public double LogDeterminantBias(double degreesOfFreedom, int dimension)
    {
        int p = WishartDimension(dimension);
        return dimension / p * Wishart.LogDeterminantBias(degreesOfFreedom, p);
    }

    /// <summary>The divergence of one component's share of the posterior of the precisions from that of the prior.</summary>
    /// <param name="degreesOfFreedom">ν_j.</param>
    /// <param name="covariance">Σ_j, the inverse of the expected precision.</param>
    /// <param name="prior">The prior's degrees of freedom, ν₀.</param>
    /// <param name="scale">The prior's scale matrix C₀: E Λ = ν₀ C₀⁻¹.</param>
    /// <param name="components">k.</param>
    public double Divergence(double degreesOfFreedom, Covariance covariance, double prior, Covariance scale, int components)
    {
        int p = WishartDimension(covariance.Dimension);
        double matrices = 0.5 * ((prior * (covariance.LogDeterminant - scale.LogDeterminant)) + covariance.TraceOfInverseTimes(scale));
        return Share(components, covariance.Dimension)
            * (matrices + (covariance.Dimension / p * Wishart.Divergence(degreesOfFreedom, prior, p)));
    }
}
