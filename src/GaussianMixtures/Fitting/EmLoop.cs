using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Fitting;

/// <summary>
/// Expectation, maximization, and again (Dempster, Laird &amp; Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x): the one
/// iteration loop over data. What varies comes in: where responsibilities come from, what is made of the statistics, when
/// to stop, and whether steps are extrapolated.
/// </summary>
/// <param name="pass">The data; the loop is its last.</param>
/// <param name="responsibilities">The E-step under given parameters.</param>
/// <param name="maximization">The M-step.</param>
/// <param name="convergence">When to stop.</param>
/// <param name="maxIterations">When to stop at the latest.</param>
/// <param name="accelerator">Extrapolates EM's steps, or null.</param>
internal sealed class EmLoop(ExpectationPass pass, Func<MixtureParameters, LoopArrays, IResponsibilities> responsibilities,
    Maximization maximization, Convergence convergence, int maxIterations, Accelerator? accelerator = null)
{
    /// <summary>Numbers that fit on the stack.</summary>
    private const int Few = 64;

    /// <param name="start">Parameters in the engine's units.</param>
    /// <param name="report">Told of each iteration: its number from 1, the objective it saw, and the gain.</param>
    /// <param name="cancellationToken">Stops within one block.</param>
    public EmResult Run(MixtureParameters start, Action<int, double, double>? report, CancellationToken cancellationToken)
    {
        Estimate estimate = new(start, []);
        MixtureParameters current = start;
        Stand former = new(start, new LoopArrays.Loan());
        bool isProposal = false;
        int passes = 0;
        List<double> trace = [];
        StopReason stopReason = StopReason.IterationLimit;
        Func<double> reach = () => Reach(current);
        while (trace.Count < maxIterations)
        {
            ScatterShape shape = maximization.ScatterShape.ForReach(reach);
            IResponsibilities eStep = responsibilities(current, pass.Arrays);
            MixtureStatistics statistics = pass.Run(eStep, shape, current.Means, cancellationToken);
            passes++;
            if (!shape.Determines(statistics))
            {
                statistics = pass.Run(eStep, maximization.ScatterShape, current.Means, cancellationToken);
                passes++;
            }

            double objective = statistics.LogLikelihood + maximization.LogPrior(current);
            if (isProposal && !(objective >= trace[^1]))
            {
                convergence.NoteRefusal(trace);
                pass.Arrays.Return(pass.Arrays.Lend());
                estimate = accelerator!.Refuse();
                current = estimate.Parameters;
                isProposal = false;
                continue;
            }

            trace.Add(objective);
            former = MoveOn(former, current);
            report?.Invoke(trace.Count, trace[^1], trace.Count == 1 ? 0 : trace[^1] - trace[^2]);
            if (convergence.IsReached(trace, isProposal))
            {
                estimate = maximization.Update(statistics, current);
                stopReason = StopReason.Converged;
                break;
            }

            MixtureParameters? proposal = trace.Count < maxIterations ? Proposal(statistics, current, trace) : null;
            isProposal = proposal is not null;
            if (!isProposal)
            {
                estimate = maximization.Update(statistics, current);
            }

            current = proposal ?? estimate.Parameters;
        }

        if (!ReferenceEquals(estimate.Parameters.Covariances, former.Parameters.Covariances))
        {
            pass.Arrays.Return(former.Arrays);
        }

        pass.Dispose();
        return new EmResult(estimate, trace, stopReason, passes);
    }

    /// <summary>Where to go on from instead of by EM's own step; null for that.</summary>
    private MixtureParameters? Proposal(MixtureStatistics statistics, MixtureParameters current, List<double> trace)
    {
        MixtureParameters? proposal = null;
        if (!convergence.WelcomesProposals(trace))
        {
            accelerator?.Observe(statistics, current);
        }
        else if (accelerator?.TryPropose(statistics, current, out proposal) == false)
        {
            convergence.NoteRefusal(trace);
        }

        return proposal;
    }

    /// <summary>A step is kept: nobody reads what it led from any more, unless it has left the covariances as they were.</summary>
    private Stand MoveOn(Stand former, MixtureParameters current)
    {
        LoopArrays.Loan arrays = pass.Arrays.Lend();
        if (ReferenceEquals(current.Covariances, former.Parameters.Covariances))
        {
            arrays.TakeOver(former.Arrays);
        }

        pass.Arrays.Return(former.Arrays);
        return new Stand(current, arrays);
    }

    /// <summary>How far the means lie from the origin, in standard deviations of their component.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Reach(MixtureParameters parameters)
    {
        double reach = 0;
        Span<double> farthest = parameters.Dimension > Few ? new double[parameters.Dimension] : stackalloc double[parameters.Dimension];
        farthest.Clear();
        bool isShared = parameters.SharesCovariance;
        for (int j = 0; j < parameters.Components; j++)
        {
            // Of components that share a covariance the largest of all, column by column.
            ReadOnlySpan<double> mean = parameters.Mean(j);
            for (int i = 0; i < farthest.Length; i++)
            {
                farthest[i] = Math.Max(isShared ? farthest[i] : 0, Math.Abs(mean[i]));
            }

            if (!isShared || j == parameters.Components - 1)
            {
                reach = Math.Max(reach, parameters.Covariances[j].Reach(farthest));
            }
        }

        return reach;
    }

    /// <summary>Where the loop stands, and what that and its E-step are made of.</summary>
    private readonly record struct Stand(MixtureParameters Parameters, LoopArrays.Loan Arrays);
}

/// <summary>Where the loop ended: the last estimate, the objective each E-step saw, why it stopped, and all passes it took.</summary>
internal sealed record EmResult(Estimate Estimate, IReadOnlyList<double> Trace, StopReason StopReason, int Passes);
