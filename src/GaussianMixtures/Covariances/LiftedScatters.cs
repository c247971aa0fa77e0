namespace GaussianMixtures.Covariances;

/// <summary>
/// What a family whose components depend on one another makes of W_j + t N_j F, where F is the least covariance there may be: with
/// the smallest t found for which no covariance has less.
/// </summary>
/// <remarks>
/// <para>
/// Raising one covariance on its own would leave the family. An estimate is of the family, and t N_j F is the scatter that covariances
/// t F would have left: in the end, as t grows, so does the least variance. Where the floor does not bind, t is 0.
/// </para>
/// <para>
/// The least variance need neither rise all the way nor be continuous: under one volume, a component of a single row has the same covariance
/// for every t; common axes jump from one local maximum to another; what is rounding is singular. So the search keeps two t, one
/// that is enough and a lower one that is not, and nothing is taken from an estimate but that. The smallest t is the best: the
/// estimates maximise the likelihood less t/2 Σ_j N_j tr(Σ_j⁻¹ F).
/// </para>
/// </remarks>
internal sealed class LiftedScatters
{
    /// <summary>Each is an estimate. A secant seldom needs more than six; a jump is found to a thousandth.</summary>
    private const int MostSteps = 16;

    /// <summary>Below this share of F a lift is rounding even in the smallest scatters that F is compared with.</summary>
    private const double LeastLift = 1e-16;

    /// <summary>The first step where no slope is known.</summary>
    private const double FirstStride = 2.302585092994046;

    /// <summary>How much less or more than the floor the least variance may be: by rounding, and by what the search leaves.</summary>
    private const double Rounding = 1e-9;
    private const double Slack = 1e-6;

    /// <summary>Where log t is known to this, and the least variance is far off on both sides, it jumps.</summary>
    private const double Narrow = 1e-3;

    /// <summary>Where the least variance follows t, it goes with a power of t of about 1 or less.</summary>
    private const double Steep = 10;

    private LiftedScatters(ComponentScatters scatters, ComponentCovariances estimates, double logLift, Func<Covariance, double, double> share)
    {
        Scatters = scatters;
        LogLift = logLift;
        Covariances = estimates;
        double least = double.PositiveInfinity;
        foreach (Covariance covariance in Covariances)
        {
            double own = share(covariance, least);
            least = own < double.PositiveInfinity ? Math.Min(least, own) : 0;
        }

        LogShare = Math.Log(least);
    }

    /// <summary>W_j + t N_j F.</summary>
    public ComponentScatters Scatters { get; }

    /// <summary>Their estimate.</summary>
    public ComponentCovariances Covariances { get; }

    /// <summary>log t.</summary>
    private double LogLift { get; }

    /// <summary>The logarithm of the least variance over the floor; −∞ where a covariance is singular, or no matrix of numbers.</summary>
    private double LogShare { get; }

    private bool IsEnough => LogShare >= -Rounding;

    /// <summary>The estimate, and the lift for the next search to begin at.</summary>
    public ComponentCovariances Remembered() => Covariances.With(LogLift);

    /// <summary>For a floor, which the unlifted estimates are not above.</summary>
    public static LiftedScatters HeldAbove(
        CovarianceType type, ComponentScatters scatters, ComponentCovariances former, VarianceFloor floor)
    {
        double[] leastVariances = [.. Enumerable.Range(0, scatters.Dimension).Select(floor.LowestVariance)];
        double? last = former.LogLift;

        // Each search begins where the last one ended. Where the floor did not bind before, what was best then is not to be trusted to be near.
        LiftedScatters first = last is double lift
            ? AtLift(lift, former)
            : At(scatters, unlifted => ComponentCovariances.From(type.Estimate(unlifted)), leastVariances, 0, Share);
        ComponentCovariances near = first.Covariances;
        return Search(first, logLift =>
        {
            LiftedScatters tried = AtLift(logLift, near);
            near = tried.Covariances;
            return tried;
        }, Math.Log(LeastLift));

        LiftedScatters AtLift(double logLift, ComponentCovariances near) => At(
            scatters, lifted => type.Reestimate(lifted, near), leastVariances, logLift, Share);

        double Share(Covariance covariance, double least) => covariance.HasShareOf(floor, least) ? least : covariance.ShareOf(floor);
    }

    /// <summary>
    /// For a ridge ρ, where F = ρ I and t is at least 1. A ridge that is lost in the rounding of the scatters does nothing: then t is 1.
    /// </summary>
    public static LiftedScatters WithRidge(
        CovarianceType type, ComponentScatters scatters, ComponentCovariances former, double ridge)
    {
        double[] units = [.. Enumerable.Repeat(1.0, scatters.Dimension)];
        double[] leastVariances = [.. Enumerable.Repeat(ridge, scatters.Dimension)];
        LiftedScatters plain = AtLift(0);
        return double.IsFinite(plain.LogShare) ? Search(plain, AtLift, 0) : plain;

        LiftedScatters AtLift(double logLift) => At(
            scatters, lifted => type.Reestimate(lifted, former), leastVariances, logLift, (covariance, _) => covariance.LeastVariance(units) / ridge);
    }

    private static LiftedScatters At(ComponentScatters scatters, Func<ComponentScatters, ComponentCovariances> estimate,
        double[] leastVariances, double logLift, Func<Covariance, double, double> share)
    {
        ComponentScatters lifted = scatters.PlusDiagonal(leastVariances, Math.Exp(logLift));
        return new LiftedScatters(lifted, estimate(lifted), logLift, share);
    }

    /// <summary>From a first t away until the floor lies between two t; then between these.</summary>
    private static LiftedScatters Search(LiftedScatters first, Func<double, LiftedScatters> at, double least)
    {
        LiftedScatters last = first;
        Bracket bracket = new();
        bracket.Take(first);
        for (int step = 1; step < MostSteps && !bracket.IsDone(least); step++)
        {
            last = at(bracket.Next(least));
            bracket.Take(last);
        }

        return bracket.Enough ?? last;
    }

    /// <summary>The smallest t that is enough, the largest below it that is not, and where to look next.</summary>
    private sealed class Bracket
    {
        private LiftedScatters? _short;
        private double _logShareOfEnough;
        private double _logShareOfShort;
        private double _stride;
        private LiftedScatters? _last;

        public LiftedScatters? Enough { get; private set; }

        public bool IsDone(double least) => Enough is { } enough
            && (enough.LogShare <= Slack || enough.LogLift <= least || (_short is { } below && IsJump(below, enough)));

        public void Take(LiftedScatters tried)
        {
            _stride = Stride(tried, tried.IsEnough ? Enough : _short);

            // Illinois: an end that stays twice weighs less (Dowell & Jarratt 1971, doi:10.1007/BF01934364).
            double ofOther = _last?.IsEnough == tried.IsEnough ? 0.5 : 1;
            _last = tried;
            if (tried.IsEnough)
            {
                (Enough, _logShareOfEnough) = (tried, tried.LogShare);
                _logShareOfShort *= ofOther;
            }
            else
            {
                (_short, _logShareOfShort) = (tried, tried.LogShare);
                _logShareOfEnough *= ofOther;
            }
        }

        public double Next(double least)
        {
            if (_short is null)
            {
                return Math.Max(least, Enough!.LogLift - _stride);
            }

            if (Enough is null)
            {
                return _short.LogLift + _stride;
            }

            double below = _logShareOfShort - (0.5 * Slack);
            double above = _logShareOfEnough - (0.5 * Slack);
            double part = below / (below - above);
            double width = Enough.LogLift - _short.LogLift;
            return _short.LogLift + (width * (part is > 0 and < 1 ? part : 0.5));
        }

        private static bool IsJump(LiftedScatters below, LiftedScatters enough)
        {
            double width = enough.LogLift - below.LogLift;
            return width < Narrow && enough.LogShare - below.LogShare > Steep * width;
        }

        /// <summary>How far to the floor, by the slope since the former t on the same side; at first as if t were all there is.</summary>
        private static double Stride(LiftedScatters tried, LiftedScatters? former)
        {
            double width = former is null ? 0 : Math.Abs(tried.LogLift - former.LogLift);
            double slope = former is null ? 1 : (tried.LogShare - former.LogShare) / (tried.LogLift - former.LogLift);
            double secant = Math.Abs(tried.LogShare - (0.5 * Slack)) / slope;
            return slope is > 1 / Steep and < Steep && double.IsFinite(secant) ? secant : Math.Max(FirstStride, 2 * width);
        }
    }
}
