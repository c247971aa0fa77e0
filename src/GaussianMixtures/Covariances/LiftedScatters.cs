namespace GaussianMixtures.Covariances;

/// <summary>
/// The floor of a family whose components depend on one another: its own estimate is taken from W_j + t N_j F, F being the least
/// covariance there may be, with the smallest t for which no covariance has less.
/// </summary>
/// <remarks>
/// Raising one covariance on its own would leave the family. An estimate is of the family, and t N_j F is the scatter that covariances
/// t F would have left: as t grows, so does the least variance. Where the floor does not bind, t is 0.
/// </remarks>
internal static class LiftedScatters
{
    private const int MostSteps = 20;

    /// <summary>How much less or more than the floor the least variance may be: by rounding, and by what the search leaves.</summary>
    private const double Rounding = 1e-9;
    private const double Slack = 1e-6;

    /// <param name="type">The family.</param>
    /// <param name="scatters">W and N.</param>
    /// <param name="floor">F, as the columns' deviations and a factor.</param>
    /// <param name="least">The least t.</param>
    public static ComponentScatters Of(CovarianceType type, ComponentScatters scatters, VarianceFloor floor, double least)
    {
        double[] leastVariances = [.. Enumerable.Range(0, scatters.Dimension).Select(floor.LowestVariance)];
        double lift = Math.Max(1, least);
        ComponentScatters lifted = scatters.PlusDiagonal(leastVariances, lift);
        double share = Share(type, lifted, floor);
        double elasticity = 1;
        for (int step = 1; step < MostSteps && !IsMet(share) && !(lift == least && share > 1); step++)
        {
            // A secant in the logarithms. Where the share falls short it may not overtake; where it does not, little is lost.
            double next = Math.Max(least, lift * Math.Pow((1 + (0.5 * Slack)) / share, 1 / elasticity));
            lifted = scatters.PlusDiagonal(leastVariances, next);
            double nextShare = Share(type, lifted, floor);
            double slope = Math.Log(nextShare / share) / Math.Log(next / lift);
            elasticity = slope is > 0.1 and < 10 ? slope : elasticity;
            (lift, share) = (next, nextShare);
        }

        return share >= 1 - Rounding ? lifted : lifted.Times((1 + (0.5 * Slack)) / share);
    }

    private static bool IsMet(double share) => share is >= 1 - Rounding and <= 1 + Slack;

    private static double Share(CovarianceType type, ComponentScatters scatters, VarianceFloor floor) =>
        type.Estimate(scatters).Min(covariance => covariance.ShareOf(floor));
}
