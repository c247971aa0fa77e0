using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>
/// Random blocks for kernels, in the shape <see cref="Panel"/> describes. What a kernel may not depend on (samples beyond the
/// width) is NaN, so that reading it shows.
/// </summary>
internal sealed class KernelData
{
    private readonly Random _random;

    public KernelData(int d, int count)
    {
        _random = new Random((1000 * d) + count);
        D = d;
        Count = count;
        Width = Panel.Padded(count);
        X = PanelOf(d, () => SyntheticData.Normal(_random));
        Weights = PanelOf(1, _random.NextDouble);
        Mean = Draw(d, () => SyntheticData.Normal(_random));
    }

    /// <summary>L, given as rows of its lower triangle, as the kernels read it.</summary>
    public static double[] Packed(double[] lower, int d)
    {
        double[] packed = new double[Triangle.Length(d)];
        PackedFactor.Pack(lower, d, packed);
        return packed;
    }

    /// <summary>Every register width: they work in software too.</summary>
    public static IReadOnlyList<(string Name, VectorKernels Kernels)> Widths { get; } =
        [(nameof(Lanes256), new VectorKernels<Lanes256>()), (nameof(Lanes512), new VectorKernels<Lanes512>())];

    public static TheoryData<string> Names => [.. Widths.Select(width => width.Name)];

    /// <summary>Around every tile, and the full block.</summary>
    public static int[] Counts { get; } = [1, 2, 5, 23, 24, 25, 47, 191, 192];

    /// <summary>
    /// Every dimension with the full block and one more count, these taking turns; those around the tiles of 3 and 4 rows with all.
    /// </summary>
    public static IEnumerable<KernelData> Blocks =>
        from d in Enumerable.Range(1, 70)
        from c in Enumerable.Range(0, Counts.Length)
        where d <= 9 || c == d % Counts.Length || Counts[c] == 192
        select new KernelData(d, Counts[c]);

    public int D { get; }

    public int Count { get; }

    public int Width { get; }

    public double[] X { get; }

    /// <summary>Positive for samples, 0 for padding.</summary>
    public double[] Weights { get; }

    public double[] Mean { get; }

    public static VectorKernels Kernels(string name) => Widths.Single(width => width.Name == name).Kernels;

    /// <summary>The same for components side by side, of which a narrow row is done in narrow registers whatever the name.</summary>
    public static VectorKernels KernelsForRows(string name, int width) => width > SideBySide.Narrow ? Kernels(name) : VectorKernels.ForRows(width);

    public double At(int row, int sample) => X[(row * Panel.Stride) + sample];

    public static double[] Draw(int length, Func<double> next)
    {
        double[] values = new double[length];
        for (int i = 0; i < length; i++)
            values[i] = next();
        return values;
    }

    public double Normal() => SyntheticData.Normal(_random);

    public double Uniform() => _random.NextDouble();

    /// <summary>Samples as drawn, padding 0, NaN between the padding and the next row.</summary>
    public double[] PanelOf(int rows, Func<double> next)
    {
        double[] panel = new double[rows * Panel.Stride];
        Array.Fill(panel, double.NaN);
        for (int i = 0; i < rows; i++)
            for (int s = 0; s < Width; s++)
                panel[(i * Panel.Stride) + s] = s < Count ? next() : 0;
        return panel;
    }

    /// <summary>A well conditioned lower triangle, rows one after another.</summary>
    public double[] Factor()
    {
        double[] lower = Draw(D * (D + 1) / 2, () => Normal() / Math.Sqrt(D));
        for (int i = 0; i < D; i++)
            lower[(i * (i + 1) / 2) + i] = 0.5 + Uniform();
        return lower;
    }

    /// <summary>A value against the plain one, allowing rounding of what was added up.</summary>
    public void ShouldBe(double actual, double expected, double size, string what) =>
        (Math.Abs(actual - expected) <= 1e-13 * size).Should().BeTrue(
            $"{what} is {actual:r} and should be {expected:r} (d = {D}, count = {Count})");
}

/// <summary>
/// Memory with a margin on both sides: kernels address without bounds checks, so a write past the end has to be looked for.
/// </summary>
internal sealed class Guarded
{
    private const int Margin = 64;
    private const double Mark = -7.25e77;

    private readonly double[] _values;

    public Guarded(int length, double fill = 0)
    {
        _values = new double[length + (2 * Margin)];
        Array.Fill(_values, Mark);
        Span.Fill(fill);
    }

    public Span<double> Span => _values.AsSpan(Margin, _values.Length - (2 * Margin));

    public double this[int index] => Span[index];

    public void ShouldBeIntact(string what)
    {
        bool intact = !_values.AsSpan(0, Margin).ContainsAnyExcept(Mark)
            && !_values.AsSpan(_values.Length - Margin).ContainsAnyExcept(Mark);
        intact.Should().BeTrue($"{what} must not write outside its output");
    }
}
