using GaussianMixtures.Ascents;

namespace GaussianMixtures.Selection;

/// <summary>A candidate while it is searched for.</summary>
/// <param name="Estimator">How to make such a fit, to the end, to these or other rows.</param>
/// <param name="Fit">The best fit so far.</param>
/// <param name="IsFinished">Whether it is fitted to the end from now on, and not only screened.</param>
/// <param name="Candidate">What is known of it.</param>
internal sealed record Contender(GaussianMixture Estimator, LikelihoodFit? Fit, bool IsFinished, Candidate Candidate)
{
    /// <summary>With the fit it has, which is as good as to the end.</summary>
    public Contender AsFinished() => this with { IsFinished = true, Candidate = Candidate with { IsFinished = true } };

    /// <summary>The same where screening has taken all iterations there are, whatever stopped it.</summary>
    public Contender AtItsLimit()
    {
        GaussianMixtureModel model = Candidate.Model!.With(Candidate.Model.Report! with { StopReason = StopReason.IterationLimit });
        return (this with { Fit = Fit! with { Model = model }, Candidate = Candidate with { Model = model } }).AsFinished();
    }
}

/// <summary>What is to be fitted; and how to make such a fit to other rows, of which no start may know that was found with these.</summary>
internal sealed record Attempt(GaussianMixture Estimator, GaussianMixture Recipe)
{
    /// <summary>Of the fit that this one goes on with, if it does.</summary>
    public FitReport? SoFar { get; init; }

    /// <summary>The fit with the report of the whole way.</summary>
    public LikelihoodFit Whole(LikelihoodFit fit) => SoFar is null ? fit : fit with { Model = fit.Model.With(fit.Model.Report!.Continuing(SoFar)) };
}

/// <summary>What to try for one candidate.</summary>
internal sealed record Climb(int At, Attempt[] Attempts);
