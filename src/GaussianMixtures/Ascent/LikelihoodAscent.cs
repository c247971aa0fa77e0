using GaussianMixtures.Fitting;
using GaussianMixtures.Initializations;
using GaussianMixtures.Scoring;

namespace GaussianMixtures.Ascents;

/// <summary>Maximum likelihood: what is maximised is the log-likelihood of the model that is returned, and the log density of the prior, if any.</summary>
/// <param name="data">The rows.</param>
/// <param name="problem">What is fitted to them.</param>
/// <param name="maximization">The M-step.</param>
/// <param name="tolerance">Log-likelihood per observation still to gain at which to stop.</param>
/// <param name="maxIterations">When to stop at the latest.</param>
/// <param name="acceleration">Extrapolates the steps.</param>
/// <param name="perseverance">How long it does.</param>
internal sealed class LikelihoodAscent(FitData data, FitProblem problem, MaximumLikelihood maximization, double tolerance, int maxIterations,
    Acceleration acceleration, Perseverance perseverance)
    : IAscent<LikelihoodFit>
{
    public EmLoop Loop()
    {
        double totalWeight = data.Summary.TotalWeight;
        return new EmLoop(new ExpectationPass(problem.Data, problem.Components, problem.Workers),
            (parameters, arrays) => new EStep(LogDensities.Of(parameters, arrays)), maximization,
            new Convergence(tolerance * totalWeight, acceleration.SettledGain * totalWeight, perseverance), maxIterations,
            new Accelerator(acceleration, maximization, problem.Scale));
    }

    public Summit<LikelihoodFit> Conclude(Estimate end, int[] order, CancellationToken cancellationToken)
    {
        GaussianMixtureModel model = new(end.Parameters.Unpack(problem.Data.Packing).Reorder(order), problem.CovarianceType);
        LogLikelihoods logLikelihoods = model.LogLikelihoods(problem.Data, problem.Workers, cancellationToken)
            .Times(data.WeightUnit);
        double height = logLikelihoods.Mixture + (data.WeightUnit * maximization.LogPrior(end.Parameters));
        return new Summit<LikelihoodFit>(new LikelihoodFit(model, logLikelihoods, height), height, logLikelihoods.Mixture);
    }
}

/// <summary>A model, how likely the rows it was fitted to are under it, and how high what was maximised: with a prior, the posterior.</summary>
internal sealed record LikelihoodFit(GaussianMixtureModel Model, LogLikelihoods LogLikelihoods, double Height);
