using GaussianMixtures.Fitting;
using GaussianMixtures.Initializations;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>What an <see cref="Initialization"/> has to work with: the data, what is to be fitted, and random numbers.</summary>
public sealed class InitializationContext
{
    internal InitializationContext(FitData data, FitProblem problem, int seed, int restart, CancellationToken cancellationToken)
    {
        Data = data;
        Problem = problem;
        Seed = seed;
        Restart = restart;
        CancellationToken = cancellationToken;
    }

    /// <summary>The data, n x d.</summary>
    public Observations Observations => Data.Observations;

    /// <summary>The n observation weights, or null where all are 1.</summary>
    public Vector<double>? Weights => Data.Weights;

    /// <summary>The number of components, k.</summary>
    public int Components => Problem.Components;

    /// <summary>The family that will be fitted.</summary>
    public CovarianceType CovarianceType => Problem.CovarianceType;

    /// <summary>Which restart this is, counted from 0.</summary>
    public int Restart { get; }

    /// <summary>Random numbers of this restart's own: the same for the same seed and restart, whatever else runs.</summary>
    public Random Random => field ??= RandomStream.At(Seed, Restart, RandomPurpose.Start);

    /// <summary>Cancels the fit.</summary>
    public CancellationToken CancellationToken { get; }

    internal FitData Data { get; }

    internal int Seed { get; }

    internal FitProblem Problem { get; }

    /// <summary>Rows to look for a start in, shared by all fits to the data.</summary>
    internal StartSample Sample => Data.SampleFor(Components, CancellationToken);

    /// <summary>Equal for the restarts of one fit, and for no other two.</summary>
    internal object Fit => (Problem, Seed);

    /// <summary>The same for another restart, with random numbers of its own.</summary>
    internal InitializationContext At(int restart) => new(Data, Problem, Seed, restart, CancellationToken);
}
