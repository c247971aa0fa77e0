using GaussianMixtures.Ascents;
using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Initializations;
using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Bayesian;

/// <summary>Variational Bayes: what is maximised is the evidence lower bound.</summary>
/// <param name="data">The rows.</param>
/// <param name="problem">What is fitted to them.</param>
/// <param name="tolerance">Lower bound per observation still to gain at which to stop.</param>
/// <param name="maxIterations">When to stop at the latest.</param>
internal sealed class VariationalAscent(FitData data, FitProblem problem, double tolerance, int maxIterations)
    : IAscent<BayesianGaussianMixtureModel>
{
    public EmLoop Loop() => new(NewPass(), Responsibilities, problem.Maximization, new Convergence(tolerance * data.Summary.TotalWeight), maxIterations);

    public Summit<BayesianGaussianMixtureModel> Conclude(Estimate end, int[] order, CancellationToken cancellationToken)
    {
        // The loop ends with an M-step, and every one of variational Bayes makes a posterior.
        MixturePosterior posterior = ((MixturePosterior)end.Parameters).Reorder(order);
        using ExpectationPass pass = NewPass();
        MixtureStatistics closing = pass.Run(Responsibilities(posterior, null), ScatterShape.None, posterior.Means, cancellationToken);
        double lowerBound = data.WeightUnit * (closing.LogLikelihood + problem.Maximization.LogPrior(posterior) + data.LogUnit);
        BayesianGaussianMixtureModel model = new(posterior.Unpack(problem.Data.Packing), problem.CovarianceType, lowerBound);
        double logLikelihood = data.WeightUnit
            * model.LogLikelihoods(problem.Data, problem.Workers, cancellationToken).Mixture;
        return new Summit<BayesianGaussianMixtureModel>(model, lowerBound, logLikelihood);
    }

    private static EStep Responsibilities(MixtureParameters parameters, LoopArrays? arrays) => new(LogDensities.Of(parameters, arrays));

    private ExpectationPass NewPass() => new(problem.Data, problem.Components, problem.Workers);
}
