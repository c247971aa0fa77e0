using BenchmarkDotNet.Attributes;

namespace GaussianMixtures.Benchmarks;

/// <summary>What a fitted model is used for, on the shape of W2. Times and allocations are per row: 100 ns are 10 M rows/s.</summary>
[MemoryDiagnoser]
public class ScoringBenchmarks
{
    private const int Rows = 200_000;

    private double[,] _x = null!;
    private GaussianMixtureModel _model = null!;

    [GlobalSetup]
    public void Setup() => (_x, _model) = Workload.All.Single(workload => workload.Name == "W2").Make();

    [Benchmark(OperationsPerInvoke = Rows)]
    public object PredictProba() => _model.PredictProba(_x);

    [Benchmark(OperationsPerInvoke = Rows)]
    public object ScoreSamples() => _model.ScoreSamples(_x);

    [Benchmark(OperationsPerInvoke = Rows)]
    public object Sample() => _model.Sample(Rows, seed: 1);
}
