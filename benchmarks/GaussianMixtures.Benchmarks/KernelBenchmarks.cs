using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Benchmarks;

/// <summary>
/// The two kernels that carry a full-covariance iteration, one thread, as a fit calls them: one block of samples against one
/// component after another.
/// </summary>
[Config(typeof(Columns))]
public class KernelBenchmarks
{
    private const int Components = 8;
    private const int Width = Panel.BlockSize;

    private readonly double[][] _factors = new double[Components][];
    private readonly double[][] _scatters = new double[Components][];
    private AlignedBuffer _panel = null!;
    private AlignedBuffer _scratch = null!;
    private AlignedBuffer _weights = null!;
    private AlignedBuffer _roots = null!;
    private double[] _mean = null!;
    private double[] _first = null!;

    [Params(16, 39, 64, 256)]
    public int D { get; set; }

    /// <summary>The least work: d² per sample and component for either kernel.</summary>
    public static double Flops(string method, int d) =>
        (method == nameof(Both) ? 2.0 : 1.0) * Components * Width * d * d;

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _panel = Filled(D * Panel.Stride, random);
        _scratch = new AlignedBuffer(Panel.PaddedRows(D) * Panel.Stride);
        _weights = Filled(Width, random);
        _roots = new AlignedBuffer(Width);
        _mean = new double[D];
        _first = new double[D];
        for (int j = 0; j < Components; j++)
        {
            double[] lower = new double[Triangle.Length(D)];
            for (int i = 0; i < D; i++)
            {
                Fill(lower.AsSpan(Triangle.Index(i, 0), i), random, 1.0 / D);
                lower[Triangle.Index(i, i)] = 1;
            }

            _factors[j] = new double[lower.Length];
            PackedFactor.Pack(lower, D, _factors[j]);
            _scatters[j] = new double[Triangle.Length(D)];
        }
    }

    /// <summary>E: |L⁻¹(x − m)|² for every sample.</summary>
    [Benchmark]
    public void TriangularSolve()
    {
        foreach (double[] factor in _factors)
            VectorKernels.Best.Exponents(_panel.Span, _mean, factor, 0, Width, _scratch.Span, _roots.Span);
    }

    /// <summary>M: scatter += Σ r (x − m)(x − m)ᵀ, with the scaling and the first moments.</summary>
    [Benchmark]
    public void SymmetricUpdate()
    {
        foreach (double[] scatter in _scatters)
            VectorKernels.Best.SymmetricUpdate(_panel.Span, _mean, _weights.Span, Width, _roots.Span, _scratch.Span, _first, scatter);
    }

    [Benchmark]
    public void Both()
    {
        TriangularSolve();
        SymmetricUpdate();
    }

    private static AlignedBuffer Filled(int length, Random random)
    {
        AlignedBuffer buffer = new(length);
        Fill(buffer.Span, random, 1);
        return buffer;
    }

    private static void Fill(Span<double> values, Random random, double scale)
    {
        foreach (ref double value in values)
            value = random.NextDouble() * scale;
    }

    private sealed class Columns : ManualConfig
    {
        public Columns() => AddColumn(new GigaflopsColumn(isShare: false), new GigaflopsColumn(isShare: true));
    }
}
