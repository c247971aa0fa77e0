using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Fitting;

/// <summary>The last step of an iteration: what turns statistics into parameters.</summary>
internal abstract class Maximization
{
    /// <summary>The second moments the step needs.</summary>
    public abstract ScatterShape ScatterShape { get; }

    /// <summary>The parameters that maximise the objective given the statistics of a pass under <paramref name="current"/>.</summary>
    public abstract Estimate Update(MixtureStatistics statistics, MixtureParameters current);
}

/// <summary>Parameters, and what was degenerate about them.</summary>
internal sealed record Estimate(MixtureParameters Parameters, IReadOnlyList<FitDiagnostic> Diagnostics);
