using System.Diagnostics;
using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Initializations;
using GaussianMixtures.Scoring;

namespace GaussianMixtures.Ascents;

/// <summary>Several starts, a climb from each, and the highest end: what every estimator does with its restarts.</summary>
internal sealed class Restarts<TFit>(FitData data, FitProblem problem, Initialization initialization, int seed, IAscent<TFit> ascent)
    where TFit : class
{
    /// <summary>Relative difference below which two restarts found the same maximum.</summary>
    private const double SameMaximum = 1e-11;

    /// <summary>The best of so many restarts; of those equally high the first.</summary>
    /// <param name="most">How many to make; one, where the start is not random.</param>
    /// <param name="degree">How many to make side by side.</param>
    /// <param name="progress">Told of every iteration, in data units.</param>
    /// <param name="cancellationToken">Stops within one block.</param>
    /// <exception cref="DegenerateCovarianceException">A component collapsed in every restart.</exception>
    public Best<TFit> Best(int most, int? degree, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        End[] ends = new End[initialization.CountStarts(most)];
        using Workers workers = new(degree);
        workers.For(ends.Length, restart => ends[restart] = Climb(restart, progress, cancellationToken), cancellationToken);

        // Restarts that end equally high are one maximum: take the first, whatever rounding says.
        double highest = ends.Max(end => end.Height);
        End best = ends.First(end => !(end.Height < highest - (SameMaximum * Math.Abs(highest))));
        return best.Summit is null ? throw best.Failure! : new Best<TFit>(best.Summit.Fit, new FitReport
        {
            Iterations = best.Result!.Trace.Count,
            Passes = best.Result.Passes,
            StopReason = best.Result.StopReason,
            LogLikelihood = best.Summit.LogLikelihood,
            LogLikelihoodTrace = best.Result.Trace,
            Restarts = ends.Length,
            Diagnostics = best.Diagnostics,
            Elapsed = Stopwatch.GetElapsedTime(started),
        });
    }

    private End Climb(int restart, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        double unit = data.LogUnit;
        InitializationContext context = new(data, problem, seed, restart, cancellationToken);
        try
        {
            MixtureParameters start = initialization.CreateStart(context).Parameters(problem, cancellationToken);
            EmResult packed = ascent.Loop().Run(start,
                progress is null ? null : (iteration, logLikelihood, gain) =>
                    progress.Report(new FitProgress(restart, iteration, (logLikelihood + unit) * data.WeightUnit, gain * data.WeightUnit,
                        problem.Components, problem.CovarianceType)),
                cancellationToken);
            EmResult result = packed with { Trace = [.. packed.Trace.Select(logLikelihood => (logLikelihood + unit) * data.WeightUnit)] };

            int[] order = Order(packed.Estimate.Parameters);
            FitDiagnostic[] diagnostics = [.. packed.Estimate.Diagnostics
                .Select(diagnostic => diagnostic with { Component = Array.IndexOf(order, diagnostic.Component) })
                .OrderBy(diagnostic => diagnostic.Component)];
            return new End(ascent.Conclude(packed.Estimate, order, cancellationToken), result, diagnostics, null);
        }
        catch (DegenerateCovarianceException failure)
        {
            return new End(null, null, [], failure);
        }
    }

    /// <summary>Decreasing weight; equal weights in the order of the fit.</summary>
    private int[] Order(MixtureParameters parameters)
    {
        IEnumerable<int> components = Enumerable.Range(0, parameters.Components);
        return initialization.KeepsOrder ? [.. components] : [.. components.OrderByDescending(j => parameters.Weights[j])];
    }

    /// <summary>Where one restart ended, or why it could not.</summary>
    private sealed record End(Summit<TFit>? Summit, EmResult? Result, IReadOnlyList<FitDiagnostic> Diagnostics,
        DegenerateCovarianceException? Failure)
    {
        public double Height => Summit?.Height ?? double.NegativeInfinity;
    }
}

/// <summary>The fit of the restart that won, and how it was found.</summary>
internal sealed record Best<TFit>(TFit Fit, FitReport Report)
    where TFit : class;
