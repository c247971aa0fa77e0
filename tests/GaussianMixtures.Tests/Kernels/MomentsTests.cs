using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>Weighted moments about a centre are the plain sums, added to what was there; padding of weight 0 adds nothing.</summary>
public class MomentsTests
{
    public static TheoryData<string> Names => KernelData.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void LargestMagnitude_WhereverItStands_IsFound(string name)
    {
        KernelData data = new(1, 47);
        for (int at = 0; at < data.Width; at++)
        {
            double[] row = KernelData.Draw(data.Width, () => 0.9 * (data.Uniform() - 0.5));
            row[at] = at % 2 == 0 ? 3.5 : -3.5;

            KernelData.Kernels(name).LargestMagnitude(row).Should().Be(3.5);
        }

        KernelData.Kernels(name).LargestMagnitude(new double[Panel.Tile]).Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void RowSums_OfEveryDimension_ArePlainSums(string name)
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            Guarded sums = new(data.D, fill: 0.75);

            KernelData.Kernels(name).RowSums(Finite(data), data.Width, sums.Span);

            for (int i = 0; i < data.D; i++)
                data.ShouldBe(sums[i], 0.75 + Row(data, i).Sum(), 10 * data.Count, $"sum {i}");
            sums.ShouldBeIntact("sums");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Product_OfEveryShape_IsThePlainProduct(string name)
    {
        KernelData left = new(9, 47);
        foreach (KernelData right in KernelData.Blocks.Where(block => block.Count == 47))
        {
            for (int leftRows = 1; leftRows <= left.D; leftRows++)
            {
                Guarded product = new(leftRows * right.D, fill: 0.25);

                KernelData.Kernels(name).Product(Padded(left), leftRows, Padded(right), right.D, right.Width, product.Span);

                for (int j = 0; j < leftRows; j++)
                {
                    for (int i = 0; i < right.D; i++)
                    {
                        double expected = 0.25 + Row(left, j).Zip(Row(right, i), (l, r) => l * r).Sum();
                        right.ShouldBe(product[(j * right.D) + i], expected, 100 * right.Count, $"product {j}, {i}");
                    }
                }

                product.ShouldBeIntact("product");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Squares_OfEveryDimension_AreThePlainOnes(string name)
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            double[] squares = new double[data.D * Panel.Stride];
            double[] lengths = new double[Panel.Stride];

            KernelData.Kernels(name).Squares(Finite(data), data.D, data.Width, squares);
            KernelData.Kernels(name).SquaredLengths(Finite(data), data.D, data.Width, lengths);

            for (int s = 0; s < data.Count; s++)
            {
                double length = 0;
                for (int i = 0; i < data.D; i++)
                {
                    double x = Row(data, i)[s];
                    squares[(i * Panel.Stride) + s].Should().Be(x * x);
                    length += x * x;
                }

                data.ShouldBe(lengths[s], length, 10 * data.D, $"length {s}");
            }
        }
    }

    /// <summary>The panel with zeros for padding, as weighted responsibilities have.</summary>
    private static double[] Finite(KernelData data)
    {
        double[] panel = new double[data.D * Panel.Stride];
        for (int i = 0; i < data.D; i++)
            Row(data, i).CopyTo(panel, i * Panel.Stride);
        return panel;
    }

    /// <summary>The same, with rows past the panel that must not matter.</summary>
    private static double[] Padded(KernelData data)
    {
        double[] panel = new double[Panel.PaddedRows(data.D) * Panel.Stride];
        Array.Fill(panel, double.NaN);
        Finite(data).CopyTo(panel, 0);
        return panel;
    }

    private static double[] Row(KernelData data, int i) => data.X.AsSpan(i * Panel.Stride, data.Count).ToArray();

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
