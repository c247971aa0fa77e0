using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>Squared distances, plain and scaled by column, are the sums of squares.</summary>
public class DistancesTests
{
    public static TheoryData<string> Names => KernelData.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Euclidean_OfEveryDimension_IsTheSumOfSquares(string name)
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            Guarded distances = new(data.Width);

            KernelData.Kernels(name).EuclideanDistances(data.X, data.Mean, data.Width, distances.Span);

            for (int s = 0; s < data.Count; s++)
            {
                double expected = 0;
                for (int i = 0; i < data.D; i++)
                    expected += Math.Pow(data.At(i, s) - data.Mean[i], 2);
                data.ShouldBe(distances[s], expected, expected, $"distance of sample {s}");
            }

            distances.ShouldBeIntact("distances");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scaled_OfEveryDimension_IsTheSumOfScaledSquares(string name)
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            double[] scale = KernelData.Draw(data.D, () => Math.Exp(data.Normal()));
            Guarded distances = new(data.Width);

            KernelData.Kernels(name).ScaledDistances(data.X, data.Mean, scale, data.Width, distances.Span);

            for (int s = 0; s < data.Count; s++)
            {
                double expected = 0;
                for (int i = 0; i < data.D; i++)
                    expected += Math.Pow((data.At(i, s) - data.Mean[i]) * scale[i], 2);
                data.ShouldBe(distances[s], expected, expected, $"distance of sample {s}");
            }

            distances.ShouldBeIntact("distances");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Distances_FarFromTheOrigin_LoseNothing(string name)
    {
        // Whole numbers, so that every difference and square is exact: |x|² − 2x·m + |m|² would leave nothing of them.
        const double Far = 1e15;
        KernelData data = new(5, 25);
        double[] panel = data.PanelOf(5, () => Far + Math.Round(10 * data.Normal()));
        double[] mean = [Far, Far + 1, Far - 2, Far, Far + 7];
        double[] distances = new double[data.Width];

        KernelData.Kernels(name).EuclideanDistances(panel, mean, data.Width, distances);

        for (int s = 0; s < data.Count; s++)
            distances[s].Should().Be(Enumerable.Range(0, 5).Sum(i => Math.Pow(panel[(i * Panel.Stride) + s] - mean[i], 2)));
    }
}
