namespace GaussianMixtures.Fitting;

/// <summary>
/// When to stop: when the log-likelihood still to be gained, extrapolated from three values that plain EM steps connect, is below
/// a tolerance.
/// </summary>
/// <remarks>
/// EM gains form, in the end, a geometric series: with last gains g₁, g₂ and ratio a = g₂/g₁ what remains is g₂·a/(1 − a)
/// (Aitken acceleration; Böhning et al. 1994, doi:10.1007/BF01720593). A bare test of g₂ stops far too early where a is
/// near 1. Where steps are extrapolated, that series is only to be trusted once extrapolation has nothing left to find: it
/// brings out the slow directions that a few plain steps would not show.
/// </remarks>
/// <param name="remaining">Total log-likelihood still to gain at which to stop; 0 for never.</param>
/// <param name="settled">Gain of a step below which the likelihood's basin is taken to be chosen, and steps may be extrapolated.</param>
/// <param name="perseverance">How long to extrapolate; null for <see cref="Perseverance.Full"/>.</param>
internal sealed class Convergence(double remaining, double settled = 0, Perseverance? perseverance = null)
{
    /// <summary>Gains below this share of the log-likelihood are rounding, and have no ratio.</summary>
    private const double Rounding = 1e-15;

    /// <summary>
    /// A fall by more than this share is no rounding: a ridge, which is no part of the objective, moves EM to a fixed point of another one.
    /// </summary>
    private const double Fall = 1e-10;

    /// <summary>Nor are gains asked for it that are below this share of what may remain.</summary>
    private const double Negligible = 1e-5;

    private readonly Perseverance _perseverance = perseverance ?? Perseverance.Full;

    /// <summary>Values at the end of the trace that plain EM steps connect.</summary>
    private int _plain;

    private bool _hasExtrapolated;
    private int _idle;

    /// <summary>Whether to stop, given the log-likelihood each E-step saw.</summary>
    /// <param name="trace">The values.</param>
    /// <param name="isExtrapolated">Whether the last step was not plain EM.</param>
    public bool IsReached(List<double> trace, bool isExtrapolated)
    {
        _plain = isExtrapolated ? 1 : _plain + 1;
        _hasExtrapolated |= isExtrapolated;
        if (remaining == 0 || trace.Count < 2)
        {
            return false;
        }

        double last = trace[^1] - trace[^2];
        if (isExtrapolated)
        {
            NoteProposal(last);
            return false;
        }

        if (last < -Fall * Math.Abs(trace[^1]))
        {
            return false;
        }

        if (last <= Rounding * Math.Abs(trace[^1]))
        {
            return true;
        }

        // Extrapolation may lead to a saddle, where gains are as small but grow: there only their ratio tells.
        if (!_hasExtrapolated && last <= Negligible * remaining)
        {
            return true;
        }

        if (_plain < 3 || (_hasExtrapolated && _idle < _perseverance.Proposals))
        {
            return false;
        }

        _idle = 0;
        double ratio = last / (trace[^2] - trace[^3]);
        return ratio < 1 && last * ratio / (1 - ratio) < remaining;
    }

    /// <summary>A proposal was refused, or none could be made: it found less than the last step did.</summary>
    public void NoteRefusal(List<double> trace) => NoteProposal(trace[^1] - trace[^2]);

    /// <summary>Whether the next step may be extrapolated: not before the basin is chosen, and not while plain steps are asked.</summary>
    public bool WelcomesProposals(List<double> trace) =>
        trace.Count > 1 && trace[^1] - trace[^2] < settled && _idle < _perseverance.Proposals;

    private void NoteProposal(double gain) => _idle = gain < _perseverance.Gain * remaining ? _idle + 1 : 0;
}

/// <summary>How long a fit that is extrapolated goes on before plain steps are asked whether to stop.</summary>
/// <param name="Proposals">So many, one after another, must gain next to nothing.</param>
/// <param name="Gain">Next to nothing, as a share of what may remain.</param>
internal sealed record Perseverance(int Proposals, double Gain)
{
    /// <summary>For fits that shall end at a maximum. Near a saddle whose slow way out is yet to be found proposals gain little, too.</summary>
    public static Perseverance Full { get; } = new(Proposals: 2, Gain: 3e-4);

    /// <summary>For a first look: the first proposal that gains no more than may remain is the last.</summary>
    public static Perseverance Screening { get; } = new(Proposals: 1, Gain: 1);
}
