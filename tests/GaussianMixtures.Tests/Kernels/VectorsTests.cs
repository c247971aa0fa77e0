using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>Vectors of any length: whole registers and what is left over.</summary>
public class VectorsTests
{
    public static TheoryData<string> Names => KernelData.Names;

    private static IEnumerable<int> Lengths => [.. Enumerable.Range(0, 71), 191, 192, 1000, 1001];

    [Theory]
    [MemberData(nameof(Names))]
    public void Dot_OfAnyLength_IsTheSumOfProducts(string name)
    {
        KernelData data = new(1, 1);
        foreach (int n in Lengths)
        {
            double[] left = KernelData.Draw(n, data.Normal), right = KernelData.Draw(n, data.Normal);

            double dot = KernelData.Kernels(name).Dot(left, right);

            data.ShouldBe(dot, left.Zip(right, (a, b) => a * b).Sum(), n, $"product of length {n}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Add_OfAnyLength_AddsEveryElement(string name)
    {
        KernelData data = new(1, 1);
        foreach (int n in Lengths)
        {
            double[] before = KernelData.Draw(n, data.Normal), addend = KernelData.Draw(n, data.Normal);
            Guarded target = new(n);
            before.CopyTo(target.Span);

            KernelData.Kernels(name).Add(target.Span, addend);

            target.Span.ToArray().Should().Equal(before.Zip(addend, (a, b) => a + b), $"length {n}");
            target.ShouldBeIntact("target");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Multiply_OfAnyLength_MultipliesEveryElement(string name)
    {
        KernelData data = new(1, 1);
        foreach (int n in Lengths)
        {
            double[] values = KernelData.Draw(n, data.Normal);
            Guarded product = new(n);
            Guarded inPlace = new(n);
            values.CopyTo(inPlace.Span);

            KernelData.Kernels(name).Multiply(values, 1.7, product.Span);
            KernelData.Kernels(name).Multiply(inPlace.Span, 1.7, inPlace.Span);

            product.Span.ToArray().Should().Equal(values.Select(value => value * 1.7), $"length {n}");
            inPlace.Span.ToArray().Should().Equal(product.Span.ToArray(), $"length {n}, in place");
            product.ShouldBeIntact("product");
            inPlace.ShouldBeIntact("product in place");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rotate_OfAnyLength_TurnsThePlane(string name)
    {
        foreach (int length in Lengths)
        {
            double[] p = [.. Enumerable.Range(0, length).Select(i => Math.Sin(1.0 + i))];
            double[] q = [.. Enumerable.Range(0, length).Select(i => Math.Cos(3.0 * i))];
            (double[] first, double[] second) = ([.. p], [.. q]);

            (double squareOfP, double squareOfQ) = KernelData.Kernels(name).Rotate(first, second, 0.6, 0.8);

            squareOfP.Should().BeApproximately(first.Sum(value => value * value), 1e-14 * length);
            squareOfQ.Should().BeApproximately(second.Sum(value => value * value), 1e-14 * length);

            for (int i = 0; i < length; i++)
            {
                first[i].Should().BeApproximately((0.6 * p[i]) - (0.8 * q[i]), 1e-15);
                second[i].Should().BeApproximately((0.8 * p[i]) + (0.6 * q[i]), 1e-15);
            }
        }
    }
}
