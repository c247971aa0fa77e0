using GaussianMixtures.Fitting;
using GaussianMixtures.Scoring;

namespace GaussianMixtures.Initializations;

/// <inheritdoc cref="Initialization.ShortRuns"/>
internal sealed class ShortRunsInitialization(int runs, int iterations) : Initialization
{
    protected internal override MixtureStart CreateStart(InitializationContext context)
    {
        (int round, int rank) = Math.DivRem(context.Restart, runs);
        int[] ranked = context.Data.Known(new RankingKey(this, context.Fit, round), () => Rank(context, round));
        // Making one run again costs less than keeping the ends of all.
        return new ParametersStart(Run(context.At(ranked[rank % ranked.Length])).Estimate.Parameters);
    }

    /// <summary>The runs of one round that did not collapse, the highest log-likelihood first.</summary>
    private int[] Rank(InitializationContext context, int round)
    {
        Dictionary<int, double> heights = [];
        DegenerateCovarianceException? collapse = null;
        foreach (int run in Enumerable.Range(checked(round * runs), runs))
        {
            try
            {
                heights[run] = Run(context.At(run)).Trace[^1];
            }
            catch (DegenerateCovarianceException failure)
            {
                collapse ??= failure;
            }
        }

        return heights.Count > 0 ? [.. heights.Keys.OrderByDescending(run => heights[run])] : throw collapse!;
    }

    private EmResult Run(InitializationContext context)
    {
        FitProblem problem = context.Problem;
        MixtureParameters start = RandomPoints.CreateStart(context).Parameters(problem, context.CancellationToken);
        EmLoop loop = new(new ExpectationPass(problem.Data, problem.Components, problem.Workers),
            (parameters, arrays) => new EStep(LogDensities.Of(parameters, arrays)), problem.Maximization, new Convergence(remaining: 0), iterations);
        return loop.Run(start, null, context.CancellationToken);
    }

    private sealed record RankingKey(ShortRunsInitialization Strategy, object Fit, int Round);
}
