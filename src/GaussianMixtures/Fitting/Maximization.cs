using GaussianMixtures.Data;
using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Fitting;

/// <summary>The last step of an iteration: what turns statistics into parameters.</summary>
internal abstract class Maximization
{
    /// <summary>Below this many columns a factorisation is not worth a thread.</summary>
    private const int WideEnoughForThreads = 64;

    /// <summary>The second moments the step needs.</summary>
    public abstract ScatterShape ScatterShape { get; }

    /// <summary>The parameters that maximise the objective given the statistics of a pass under <paramref name="current"/>.</summary>
    public abstract Estimate Update(MixtureStatistics statistics, MixtureParameters current);

    /// <summary>Where the loop may begin, given parameters that are not this step's own.</summary>
    /// <param name="start">The parameters.</param>
    /// <param name="step">An E-step from them and this M-step.</param>
    public virtual MixtureParameters Admit(MixtureParameters start, Func<MixtureParameters> step) => start;

    /// <summary>
    /// What the objective holds beside the log-likelihood that the E-step sees: the log density of a prior, or minus the divergence
    /// of a posterior from its prior. Known from the parameters alone.
    /// </summary>
    public virtual double LogPrior(MixtureParameters parameters) => 0;

    /// <summary>Those of the threads that are worth having for a factorisation per component.</summary>
    protected static Workers ForFactors(Workers workers, int dimension) => dimension < WideEnoughForThreads ? Workers.None : workers;
}

/// <summary>Parameters, and what was degenerate about them.</summary>
internal readonly record struct Estimate(MixtureParameters Parameters, IReadOnlyList<FitDiagnostic> Diagnostics);
