using GaussianMixtures.Fitting;

namespace GaussianMixtures.Ascents;

/// <summary>What differs between estimators that climb by EM: the loop they run, and what they make of where it ends.</summary>
/// <typeparam name="TFit">What the end of a climb is made into.</typeparam>
internal interface IAscent<TFit>
    where TFit : class
{
    /// <summary>The loop of one restart, in the engine's units. Restarts run side by side, so each gets one of its own.</summary>
    EmLoop Loop();

    /// <summary>What a loop has come to, in data units.</summary>
    /// <param name="end">Where the loop ended, in the engine's units and in the order of its start.</param>
    /// <param name="order">The order the components are to have.</param>
    /// <param name="cancellationToken">Stops within one block.</param>
    Summit<TFit> Conclude(Estimate end, int[] order, CancellationToken cancellationToken);
}

/// <summary>A fit, what it maximises (of several the highest is wanted), and its log-likelihood.</summary>
internal sealed record Summit<TFit>(TFit Fit, double Height, double LogLikelihood)
    where TFit : class;
