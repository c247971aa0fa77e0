using GaussianMixtures.Data;
using GaussianMixtures.Fitting;

namespace GaussianMixtures;

/// <summary>
/// Ways to reach EM's fixed point in fewer passes over the data, by extrapolating from the steps EM takes. Whatever is proposed
/// is only kept if the log-likelihood does not fall; otherwise plain EM goes on. Immutable; derive to bring another.
/// </summary>
/// <remarks>
/// Extrapolation works on what an E-step finds, in unconstrained coordinates: log-ratios of the components' weights, their means in units of the
/// columns' deviations, and roots of their scatters: Cholesky factors, or deviations along the columns, those on the diagonal as
/// arsinh(1000 σ), which is a logarithm where σ is no trifle. The M-step makes parameters of a proposal as it does of what was found: they are of the
/// family, above the floor, and mindful of a prior.
/// </remarks>
public abstract class Acceleration
{
    /// <summary>Plain EM.</summary>
    public static Acceleration None { get; } = new NoAcceleration();

    /// <summary>
    /// Damped Anderson acceleration with restarts (Henderson &amp; Varadhan 2019, doi:10.1080/10618600.2019.1594835, arXiv
    /// 1803.06673): combines the last few steps. The strongest where EM is slow. It begins with two squared steps (<see cref="Squarem"/>), and
    /// returns to them where the likelihood refuses a combination, as it does near its saddles.
    /// </summary>
    public static Acceleration Anderson { get; } = new AndersonAcceleration();

    /// <summary>
    /// Squared extrapolation (SQUAREM, scheme S3; Varadhan &amp; Roland 2008, doi:10.1111/j.1467-9469.2007.00585.x): one step length
    /// from two steps. Needs little memory.
    /// </summary>
    public static Acceleration Squarem { get; } = new SquaremAcceleration();

    /// <summary>
    /// The gain of a step of EM, in log-likelihood per observation, below which steps are extrapolated: where EM gains more, it has not
    /// settled for a maximum yet, and extrapolating may lead to another. Positive.
    /// </summary>
    /// <value>The default is 1e-5.</value>
    protected internal virtual double SettledGain => 1e-5;

    /// <summary>
    /// The same acceleration, from when a step of EM gains less than this. Sooner saves passes over the data, and ends more often at another
    /// maximum than EM's, lower or higher: for a search, which compares many and looks again at what leads.
    /// </summary>
    /// <param name="gain">Log-likelihood per observation, positive; +∞ for any. Where nothing is said it is 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">gain is not positive, or NaN.</exception>
    public Acceleration StartingBelow(double gain) => gain > 0 ? new StartedAcceleration(this, gain) : throw Refuse.OutOfRange(nameof(gain), gain,
        $"gain is {gain}. Use a positive log-likelihood per observation, such as 1e-3.");

    /// <summary>Begins the acceleration of one restart.</summary>
    /// <param name="length">The number of coordinates.</param>
    /// <returns>The memory of the run, or null for plain EM.</returns>
    protected internal abstract IExtrapolation? Begin(int length);

    /// <summary>The same, with memory of the loop's.</summary>
    internal virtual IExtrapolation? Begin(int length, LoopArrays arrays) => Begin(length);
}

/// <summary>The memory of one accelerated run. Used by one thread at a time.</summary>
public interface IExtrapolation
{
    /// <summary>Proposes the next point.</summary>
    /// <param name="point">Where EM stood.</param>
    /// <param name="image">Where EM's step from there leads.</param>
    /// <param name="proposal">Receives the proposed point, if there is one.</param>
    /// <returns>False to go on from <paramref name="image"/>.</returns>
    bool Propose(ReadOnlySpan<double> point, ReadOnlySpan<double> image, Span<double> proposal);

    /// <summary>Says that the last proposal would have lowered the log-likelihood, or is no mixture; the next point is the last image.</summary>
    void Refuse();
}
