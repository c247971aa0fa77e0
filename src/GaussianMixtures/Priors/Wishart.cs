using MathNet.Numerics;

namespace GaussianMixtures.Priors;

/// <summary>
/// Expectations under a Wishart distribution of p dimensions with ν degrees of freedom, written for Σ = (ν·W)⁻¹, the inverse of the
/// expected precision. A gamma distribution of shape ν/2 and rate νσ²/2 is the case p = 1.
/// </summary>
internal static class Wishart
{
    /// <summary>E ln|Λ| + ln|Σ| = Σ_i ψ((ν + 1 − i) / 2) + p ln 2 − p ln ν (Bishop 2006, eq. 10.65): below 0, and nearing it as ν grows.</summary>
    public static double LogDeterminantBias(double degreesOfFreedom, int p)
    {
        double sum = p * Math.Log(2 / degreesOfFreedom);
        for (int i = 0; i < p; i++)
        {
            sum += SpecialFunctions.DiGamma((degreesOfFreedom - i) / 2);
        }

        return sum;
    }

    /// <summary>
    /// The divergence of one Wishart distribution from another of ν₀ degrees of freedom and scale C₀, but for what depends on matrices:
    /// ½ ν₀ (ln|Σ| − ln|C₀|) + ½ tr(C₀ Σ⁻¹).
    /// </summary>
    public static double Divergence(double degreesOfFreedom, double prior, int p) =>
        (0.5 * (degreesOfFreedom - prior) * LogDeterminantBias(degreesOfFreedom, p))
            - (0.5 * degreesOfFreedom * p * (1 + Math.Log(2 / degreesOfFreedom)))
            + (0.5 * prior * p * Math.Log(2))
            - LogGamma(degreesOfFreedom / 2, p) + LogGamma(prior / 2, p);

    /// <summary>Γ_p's logarithm, p(p − 1)/4 · ln π left out: it cancels.</summary>
    private static double LogGamma(double x, int p)
    {
        double sum = 0;
        for (int i = 0; i < p; i++)
        {
            sum += SpecialFunctions.GammaLn(x - (0.5 * i));
        }

        return sum;
    }
}
