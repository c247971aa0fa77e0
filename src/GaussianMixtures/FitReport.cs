namespace GaussianMixtures;

/// <summary>How a model was fitted: what <see cref="GaussianMixture.Fit"/> has to say about itself.</summary>
public sealed record FitReport
{
    internal FitReport()
    {
    }

    /// <summary>Whether the iterations ended because little was left to gain, and not at the limit.</summary>
    public bool Converged => StopReason == StopReason.Converged;

    /// <summary>The number of E and M steps taken by the restart that won.</summary>
    public required int Iterations { get; init; }

    /// <summary>
    /// The number of passes over the data those took: more than <see cref="Iterations"/> by the proposals of an
    /// <see cref="Acceleration"/> that were refused, and by passes repeated with greater care where clusters are far and tight.
    /// </summary>
    public required int Passes { get; init; }

    /// <summary>Why they ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Σ_i weight_i · log p(x_i) of the returned model.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>
    /// The total log-likelihood that each E-step saw, one entry per iteration: entry 0 is that of the start. It never falls
    /// (but with a <see cref="GaussianMixture.Ridge"/>, which moves every estimate off its maximum). The returned model, one M-step
    /// further, has <see cref="LogLikelihood"/>.
    /// </summary>
    /// <remarks>
    /// More exactly, what the fit maximises: with a conjugate prior the log-likelihood and the log density of the prior, but for a constant;
    /// of a Bayesian mixture the evidence lower bound.
    /// </remarks>
    public required IReadOnlyList<double> LogLikelihoodTrace { get; init; }

    /// <summary>The number of starts tried.</summary>
    public required int Restarts { get; init; }

    /// <summary>What was degenerate in the returned model and what was done; empty where the fit is plain maximum likelihood.</summary>
    public required IReadOnlyList<FitDiagnostic> Diagnostics { get; init; }

    /// <summary>The time the fit took, all restarts together.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>
    /// The report of the whole way, where this fit went on from the end of an earlier one; only of this fit, if a rounding at the variance
    /// floor made it begin lower.
    /// </summary>
    internal FitReport Continuing(FitReport earlier) => LogLikelihoodTrace[0] < earlier.LogLikelihoodTrace[^1] ? this : this with
    {
        Iterations = earlier.Iterations + Iterations,
        Passes = earlier.Passes + Passes,
        LogLikelihoodTrace = [.. earlier.LogLikelihoodTrace, .. LogLikelihoodTrace],
        Restarts = earlier.Restarts,
        Elapsed = earlier.Elapsed + Elapsed,
    };
}

/// <summary>Why the iterations ended.</summary>
public enum StopReason
{
    /// <summary>The log-likelihood still to be gained per observation fell below <see cref="GaussianMixture.Tolerance"/>.</summary>
    Converged,

    /// <summary><see cref="GaussianMixture.MaxIterations"/> were done.</summary>
    IterationLimit,
}

/// <summary>Something degenerate about one component of a fitted model, and what was done about it.</summary>
/// <param name="Component">The component's index in the returned model.</param>
/// <param name="Columns">The columns concerned, counted from 0.</param>
/// <param name="Message">What was found, what was done, and what to try.</param>
public sealed record FitDiagnostic(int Component, IReadOnlyList<int> Columns, string Message);

/// <summary>One iteration of a fit, as it is reported while it runs.</summary>
/// <param name="Restart">Which start, counted from 0. Restarts may run side by side.</param>
/// <param name="Iteration">Which iteration, counted from 1.</param>
/// <param name="LogLikelihood">The total log-likelihood before this iteration's M-step.</param>
/// <param name="Change">How much that is above the iteration before; 0 in the first.</param>
/// <param name="Components">The number of components being fitted: which fit of a <see cref="ModelSelection"/> it is.</param>
/// <param name="CovarianceType">The covariance type being fitted.</param>
public sealed record FitProgress(int Restart, int Iteration, double LogLikelihood, double Change, int Components,
    CovarianceType CovarianceType);
