namespace GaussianMixtures.Covariances;

/// <summary>
/// The constrained maximum of a family whose components depend on one another, at least the floor in every direction and in the
/// family: the family's own estimate from scatters that are lifted, in those directions only, where the floor holds a variance.
/// </summary>
/// <remarks>
/// <para>
/// A multiplier of the constraint Σ_j ≥ f D² stands in the stationarity conditions where scatter stands: at the maximum, Σ is the
/// unconstrained estimate of W_j + M_j with M_j positive semidefinite, and zero where Σ_j is above the floor. M_j is found by turns: where
/// along a principal axis of D⁻¹Σ_jD⁻¹ the lifted scatter w gave a variance s, it becomes w · f/s, but never less than W_j there.
/// Where components are independent one step is exact; elsewhere the way left shrinks by a factor.
/// </para>
/// <para>
/// Should the steps run out, all scatters are multiplied by what is still missing, and with them, in any family, the covariances.
/// </para>
/// </remarks>
internal static class FloorMultipliers
{
    private const int MostSteps = 100;

    /// <summary>The multipliers are found when variances and scatters are right to this.</summary>
    private const double Tolerance = 1e-9;

    public static IReadOnlyList<Covariance> Raise(CovarianceType type, ComponentScatters scatters, VarianceFloor floor)
    {
        double[] lifted = scatters.Values.ToArray();
        IReadOnlyList<Covariance> estimates = type.Estimate(scatters);
        FloorStep step = new(double.PositiveInfinity, double.PositiveInfinity);
        for (int count = 0; count < MostSteps && (step.Shortfall > 1 + Tolerance || step.Change > Tolerance); count++)
        {
            step = Lift(estimates, scatters, floor, lifted);
            estimates = type.Estimate(scatters.With(lifted));
        }

        double missing = Lift(estimates, scatters, floor, (double[])lifted.Clone()).Shortfall;
        return missing > 1 ? type.Estimate(scatters.With(Array.ConvertAll(lifted, value => value * missing))) : estimates;
    }

    private static FloorStep Lift(IReadOnlyList<Covariance> estimates, ComponentScatters scatters, VarianceFloor floor, double[] lifted)
    {
        FloorStep worst = new(0, 0);
        for (int j = 0; j < estimates.Count; j++)
        {
            Range own = scatters.Shape.Slice(j, scatters.Dimension);
            FloorStep step = estimates[j].Lift(floor, scatters.Weight(j), scatters.Scatter(j), lifted.AsSpan(own));
            worst = new FloorStep(Math.Max(worst.Shortfall, step.Shortfall), Math.Max(worst.Change, step.Change));
        }

        return worst;
    }
}

/// <summary>
/// One step along one axis or several: the floor over the variance there was, and by how much the scatter has changed, over what that
/// variance accounts for; the largest of each.
/// </summary>
internal readonly record struct FloorStep(double Shortfall, double Change)
{
    /// <summary>The scatter along an axis that would have given the variance <paramref name="lowest"/>, never below what it was at first.</summary>
    public static double Along(double lowest, double variance, double weight, double scatter, double lifted) =>
        Math.Max(scatter, variance > 0 && lifted > 0 ? lifted * (lowest / variance) : weight * lowest);

    public FloorStep With(double lowest, double variance, double weight, double before, double after) => new(
        Math.Max(Shortfall, lowest / variance),
        Math.Max(Change, Math.Abs(after - before) / (weight * Math.Max(variance, lowest))));
}
