using System.Globalization;
using BenchmarkDotNet.Attributes;

namespace GaussianMixtures.Benchmarks;

/// <summary>Whole fits with default settings of two small, well-known data sets, each with another seed: what a service pays.</summary>
[MemoryDiagnoser]
public class FitBenchmarks
{
    private double[,] _faithful = null!;
    private double[,] _iris = null!;
    private int _seed;

    [GlobalSetup]
    public void Setup()
    {
        _faithful = Numbers("faithful.csv", columns: 2);
        _iris = Numbers("iris.csv", columns: 4);
    }

    [Benchmark]
    public GaussianMixtureModel Faithful() => new GaussianMixture(2) { Seed = NextSeed() }.Fit(_faithful);

    [Benchmark]
    public GaussianMixtureModel Iris() => new GaussianMixture(3) { Seed = NextSeed() }.Fit(_iris);

    /// <summary>A hundred seeds in turn, so that no run is luckier than another.</summary>
    private int NextSeed() => _seed = (_seed + 1) % 100;

    /// <summary>The first columns of an embedded CSV, under its heading.</summary>
    private static double[,] Numbers(string name, int columns)
    {
        using Stream stream = typeof(FitBenchmarks).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        double[,] x = new double[lines.Length, columns];
        for (int row = 0; row < lines.Length; row++)
        {
            string[] fields = lines[row].Split(',');
            for (int i = 0; i < columns; i++)
                x[row, i] = double.Parse(fields[i], CultureInfo.InvariantCulture);
        }

        return x;
    }
}
