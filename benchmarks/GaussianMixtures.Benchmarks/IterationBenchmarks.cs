using BenchmarkDotNet.Attributes;
using GaussianMixtures.Covariances;
using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Priors;
using GaussianMixtures.Scoring;
using GaussianMixtures.Statistics;

namespace GaussianMixtures.Benchmarks;

/// <summary>
/// One EM iteration, E and M, in the steady state of a fit: every buffer exists. What it allocates is the new parameters and
/// nothing per row or block.
/// </summary>
[MemoryDiagnoser]
public class IterationBenchmarks : IDisposable
{
    private ExpectationPass _pass = null!;
    private MaximumLikelihood _maximization = null!;
    private MixtureParameters _start = null!;

    [ParamsSource(nameof(Workloads))]
    public Workload Workload { get; set; } = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    public static IEnumerable<Workload> Workloads => Workload.All;

    [GlobalSetup]
    public void Setup()
    {
        (double[,] x, GaussianMixtureModel start) = Workload.Make();
        PackedData data = new(x, Packing.Identity(Workload.Columns));
        double[] scale = new double[Workload.Columns];
        scale.AsSpan().Fill(1);
        Workers workers = new(Threads);
        _pass = new ExpectationPass(data, Workload.Components, workers);
        _maximization = new MaximumLikelihood(Workload.CovarianceType, new NoMomentPrior(), new VarianceFloor(1e-6, scale), ridge: 0, workers);
        _start = start.Parameters;
    }

    [Benchmark]
    public object Iteration()
    {
        EStep eStep = new(LogDensities.Of(_start, _pass.Arrays));
        ScatterShape shape = _maximization.ScatterShape.ForReach(() => 10);
        MixtureStatistics statistics = _pass.Run(eStep, shape, _start.Means, CancellationToken.None);
        Estimate estimate = _maximization.Update(statistics, _start);
        _pass.Arrays.Return(_pass.Arrays.Lend()); // as the loop does, once nobody reads the estimate
        return estimate.Diagnostics;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _pass?.Dispose();
        GC.SuppressFinalize(this);
    }
}
