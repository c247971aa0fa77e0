namespace GaussianMixtures.Covariances;

/// <summary>
/// The floor of a family whose components depend on one another: its own estimate from W_j + t N_j D², with the smallest t (to a
/// hundredth) for which every covariance is above the floor. D holds the columns' deviations.
/// </summary>
/// <remarks>
/// Raising one covariance on its own would leave the family. Any estimate is of the family, and t N_j D² is the scatter that t D², which
/// all families allow in some axes, would have left: as t grows, so does the least variance. Where the floor does not bind, t is 0.
/// </remarks>
internal static class LiftedScatters
{
    private const int MostSteps = 12;

    /// <summary>How much more than the floor the least variance may be.</summary>
    private const double Slack = 0.01;

    public static IReadOnlyList<Covariance> Estimate(CovarianceType type, ComponentScatters scatters, VarianceFloor floor)
    {
        double[] leastVariances = [.. Enumerable.Range(0, scatters.Dimension).Select(floor.LowestVariance)];
        ComponentScatters lifted = scatters;
        IReadOnlyList<Covariance> estimates = [];
        double share = 0;
        double lift = 1;
        for (int step = 0; step < MostSteps && !(share >= 1 && share <= 1 + Slack); step++)
        {
            // The least variance grows with the lift at most in proportion: so much more is missing, or so much is too much.
            lift = share > 0 ? lift * (1 + (0.5 * Slack)) / share : lift;
            lifted = scatters.PlusDiagonal(leastVariances, lift);
            estimates = type.Estimate(lifted);
            share = estimates.Min(covariance => covariance.ShareOf(floor));
        }

        return share >= 1 ? estimates : type.Estimate(lifted.Times((1 + Slack) / share));
    }
}
