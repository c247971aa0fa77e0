using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>Weighted moments about a centre are the plain sums, added to what was there; padding of weight 0 adds nothing.</summary>
public class MomentsTests
{
    public static TheoryData<string> Names => KernelData.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Sum_OfAnyCount_IsThePlainSum(string name)
    {
        foreach (int count in KernelData.Counts)
        {
            KernelData data = new(1, count);

            double sum = KernelData.Kernels(name).Sum(data.Weights, data.Width);

            data.ShouldBe(sum, data.Weights.Take(count).Sum(), count, "sum");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void First_OfEveryDimension_IsThePlainSum(string name)
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            Guarded first = new(data.D, fill: 0.75);

            KernelData.Kernels(name).FirstMoments(data.X, data.Mean, data.Weights, data.Width, first.Span);

            for (int i = 0; i < data.D; i++)
                data.ShouldBe(first[i], 0.75 + First(data, i), 10 * data.Count, $"first moment {i}");
            first.ShouldBeIntact("first");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FirstAndSecond_OfEveryDimension_ArePlainSums(string name)
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            Guarded first = new(data.D, fill: 0.75);
            Guarded second = new(data.D, fill: 0.5);

            KernelData.Kernels(name).FirstAndSecondMoments(data.X, data.Mean, data.Weights, data.Width, first.Span, second.Span);

            for (int i = 0; i < data.D; i++)
            {
                data.ShouldBe(first[i], 0.75 + First(data, i), 10 * data.Count, $"first moment {i}");
                data.ShouldBe(second[i], 0.5 + Second(data, i, i), 50 * data.Count, $"second moment {i}");
            }

            first.ShouldBeIntact("first");
            second.ShouldBeIntact("second");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SymmetricUpdate_OfEveryDimension_IsThePlainSum(string name)
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            Guarded roots = new(data.Width);
            // The rows past d that tiles read may hold anything.
            Guarded scaled = new(Panel.PaddedRows(data.D) * Panel.Stride, fill: double.NaN);
            Guarded first = new(data.D, fill: 0.75);
            Guarded scatter = new(Triangle.Length(data.D), fill: 0.5);

            KernelData.Kernels(name).SymmetricUpdate(data.X, data.Mean, data.Weights, data.Width, roots.Span, scaled.Span, first.Span,
                scatter.Span);

            for (int i = 0; i < data.D; i++)
            {
                data.ShouldBe(first[i], 0.75 + First(data, i), 10 * data.Count, $"first moment {i}");
                for (int j = 0; j <= i; j++)
                    data.ShouldBe(scatter[(i * (i + 1) / 2) + j], 0.5 + Second(data, i, j), 50 * data.Count, $"scatter {i},{j}");
            }

            roots.ShouldBeIntact("roots");
            scaled.ShouldBeIntact("scaled");
            first.ShouldBeIntact("first");
            scatter.ShouldBeIntact("scatter");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Moments_OfPadding_AreNothing(string name)
    {
        // A block of one sample whose value is the centre: all that could be left is padding, which lies elsewhere.
        KernelData data = new(5, 1);
        for (int i = 0; i < data.D; i++)
            data.X[i * Panel.Stride] = data.Mean[i];
        double[] first = new double[5], second = new double[5], scatter = new double[15];
        double[] roots = new double[Panel.Stride], scaled = new double[Panel.PaddedRows(5) * Panel.Stride];
        VectorKernels kernels = KernelData.Kernels(name);

        kernels.FirstMoments(data.X, data.Mean, data.Weights, data.Width, first);
        kernels.FirstAndSecondMoments(data.X, data.Mean, data.Weights, data.Width, first, second);
        kernels.SymmetricUpdate(data.X, data.Mean, data.Weights, data.Width, roots, scaled, first, scatter);

        first.Concat(second).Concat(scatter).Should().OnlyContain(value => value == 0);
    }

    private static double First(KernelData data, int i)
    {
        double sum = 0;
        for (int s = 0; s < data.Count; s++)
            sum += data.Weights[s] * (data.At(i, s) - data.Mean[i]);
        return sum;
    }

    private static double Second(KernelData data, int i, int j)
    {
        double sum = 0;
        for (int s = 0; s < data.Count; s++)
            sum += data.Weights[s] * (data.At(i, s) - data.Mean[i]) * (data.At(j, s) - data.Mean[j]);
        return sum;
    }
}
