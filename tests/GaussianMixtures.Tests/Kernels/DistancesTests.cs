using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>Exponents from plain distances, and from distances scaled by column, are offset − ½ times the sums of squares.</summary>
public class DistancesTests
{
    /// <summary>Around the tiles of two and three components.</summary>
    private static readonly int[] Components = [1, 2, 3, 4, 5, 6, 7];

    public static TheoryData<string> Names => KernelData.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Euclidean_OfEveryDimension_IsTheSumOfSquares(string name)
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            int k = Components[data.D % Components.Length];
            double[] means = KernelData.Draw(k * data.D, data.Normal);
            double[] offsets = KernelData.Draw(k, data.Normal);
            double[] scales = KernelData.Draw(k, () => Math.Exp(data.Normal()));
            Guarded exponents = new(k * Panel.Stride, fill: double.NaN);

            KernelData.Kernels(name).EuclideanExponents(data.X, means, offsets, scales, data.Width, exponents.Span);

            ShouldBe(data, exponents, k, (j, s) => (offsets[j], 0.5 * scales[j] * Enumerable.Range(0, data.D)
                .Sum(i => Math.Pow(data.At(i, s) - means[(j * data.D) + i], 2))));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scaled_OfEveryDimension_IsTheSumOfScaledSquares(string name)
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            int k = Components[data.D % Components.Length];
            double[] means = KernelData.Draw(k * data.D, data.Normal);
            double[] offsets = KernelData.Draw(k, data.Normal);
            double[] scales = KernelData.Draw(k * data.D, () => Math.Exp(data.Normal()));
            Guarded exponents = new(k * Panel.Stride, fill: double.NaN);

            KernelData.Kernels(name).ScaledExponents(data.X, means, scales, offsets, data.Width, exponents.Span);

            ShouldBe(data, exponents, k, (j, s) => (offsets[j], 0.5 * Enumerable.Range(0, data.D)
                .Sum(i => Math.Pow((data.At(i, s) - means[(j * data.D) + i]) * scales[(j * data.D) + i], 2))));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Exponents_FarFromTheOrigin_LoseNothing(string name)
    {
        // Whole numbers, so that every difference and square is exact: |x|² − 2x·m + |m|² would leave nothing of them.
        const double Far = 1e15;
        KernelData data = new(5, 25);
        double[] panel = data.PanelOf(5, () => Far + Math.Round(10 * data.Normal()));
        double[] mean = [Far, Far + 1, Far - 2, Far, Far + 7];
        double[] exponents = new double[data.Width];

        KernelData.Kernels(name).EuclideanExponents(panel, mean, [0], [1], data.Width, exponents);

        for (int s = 0; s < data.Count; s++)
            exponents[s].Should().Be(-0.5 * Enumerable.Range(0, 5).Sum(i => Math.Pow(panel[(i * Panel.Stride) + s] - mean[i], 2)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Exponents_OfDistancesThatOverflow_AreFarAndFinite(string name)
    {
        double[] panel = new double[Panel.Tile];
        double[] far = [1e200, double.PositiveInfinity, double.NaN, 1e150, 0];
        far.CopyTo(panel, 0);
        VectorKernels kernels = KernelData.Kernels(name);
        double[] plain = new double[Panel.Tile], scaled = new double[Panel.Tile], magnified = new double[Panel.Tile], solved = new double[Panel.Tile];

        kernels.EuclideanExponents(panel, [0], [2], [1], Panel.Tile, plain);
        kernels.ScaledExponents(panel, [0], [1], [2], Panel.Tile, scaled);
        kernels.Exponents(panel, [0], [1], 2, Panel.Tile, new double[Panel.Tile], solved);
        kernels.EuclideanExponents(panel, [0], [2], [1e200], Panel.Tile, magnified);

        foreach (double[] exponents in new[] { plain, scaled, solved, magnified })
        {
            exponents[..4].Should().OnlyContain(value => Math.Abs(value + 5e299) < 1e285);
            exponents[4..].Should().OnlyContain(value => value == 2);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Exponents_OfAComponentWithoutWeight_AreMinusInfinity(string name)
    {
        double[] panel = new double[Panel.Tile];
        double[] far = [0, 1, 1e160, double.NaN, double.PositiveInfinity];
        far.CopyTo(panel, 0);
        double[] exponents = new double[Panel.Tile];

        KernelData.Kernels(name).EuclideanExponents(panel, [0], [double.NegativeInfinity], [1], Panel.Tile, exponents);

        exponents.Should().OnlyContain(value => double.IsNegativeInfinity(value));
    }

    private static void ShouldBe(KernelData data, Guarded exponents, int k, Func<int, int, (double Offset, double Distance)> plain)
    {
        for (int j = 0; j < k; j++)
        {
            for (int s = 0; s < data.Count; s++)
            {
                (double offset, double distance) = plain(j, s);
                data.ShouldBe(exponents[(j * Panel.Stride) + s], offset - distance, Math.Abs(offset) + distance, $"component {j}, sample {s}");
            }

            for (int s = data.Width; s < Panel.Stride; s++)
                double.IsNaN(exponents[(j * Panel.Stride) + s]).Should().BeTrue("nothing is written past the width");
        }

        exponents.ShouldBeIntact("exponents");
    }
}
