namespace GaussianMixtures.Fitting;

/// <summary>
/// When to stop: when the log-likelihood still to be gained, extrapolated from the last three values, is below a tolerance.
/// </summary>
/// <remarks>
/// EM gains form, in the end, a geometric series: with last gains g₁, g₂ and ratio a = g₂/g₁ what remains is g₂·a/(1 − a)
/// (Aitken acceleration; Böhning et al. 1994, doi:10.1007/BF01720593). A bare test of g₂ stops far too early where a is
/// near 1.
/// </remarks>
/// <param name="remaining">Total log-likelihood still to gain at which to stop; 0 for never.</param>
internal sealed class Convergence(double remaining)
{
    /// <summary>Gains below this share of the log-likelihood are rounding.</summary>
    private const double Rounding = 1e-15;

    public bool IsReached(List<double> trace)
    {
        if (remaining == 0 || trace.Count < 2)
        {
            return false;
        }

        double last = trace[^1] - trace[^2];
        if (last <= Rounding * Math.Abs(trace[^1]))
        {
            return true;
        }

        if (trace.Count < 3)
        {
            return false;
        }

        double ratio = last / (trace[^2] - trace[^3]);
        return ratio < 1 && last * ratio / (1 - ratio) < remaining;
    }
}
