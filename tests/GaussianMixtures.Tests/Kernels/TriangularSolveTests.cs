using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>L⁻¹(x − m), and the exponent made of its length, are those of forward substitution, sample by sample.</summary>
public class TriangularSolveTests
{
    public static TheoryData<string> Names => KernelData.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Exponents_OfEveryDimension_AreThoseOfForwardSubstitution(string name)
    {
        const double Offset = 0.75;
        foreach (KernelData data in KernelData.Blocks)
        {
            double[] lower = data.Factor();
            Guarded solved = new(data.D * Panel.Tile);
            Guarded exponents = new(data.Width);

            KernelData.Kernels(name).Exponents(data.X, data.Mean, KernelData.Packed(lower, data.D), Offset, data.Width, solved.Span, exponents.Span);

            for (int s = 0; s < data.Count; s++)
            {
                double[] y = ForwardSubstitution(data, lower, s, out double size);
                data.ShouldBe(exponents[s], Offset - (0.5 * y.Sum(v => v * v)), size * size, $"exponent of sample {s}");
            }

            solved.ShouldBeIntact("solved");
            exponents.ShouldBeIntact("exponents");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whiten_OfEveryDimension_IsForwardSubstitution(string name)
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            double[] lower = data.Factor();
            Guarded solved = new(data.D * Panel.Tile);
            Guarded whitened = new(data.D * Panel.Stride, fill: double.NaN);

            KernelData.Kernels(name).Whiten(data.X, data.Mean, KernelData.Packed(lower, data.D), data.Width, solved.Span, whitened.Span);

            for (int s = 0; s < data.Count; s++)
            {
                double[] y = ForwardSubstitution(data, lower, s, out double size);
                for (int i = 0; i < data.D; i++)
                    data.ShouldBe(whitened[(i * Panel.Stride) + s], y[i], size, $"y[{i}] of sample {s}");
            }

            for (int s = data.Width; s < Panel.Stride; s++)
                double.IsNaN(whitened[s]).Should().BeTrue("nothing is written past the width");
            solved.ShouldBeIntact("solved");
            whitened.ShouldBeIntact("whitened");
        }
    }

    private static double[] ForwardSubstitution(KernelData data, double[] lower, int sample, out double size)
    {
        double[] y = new double[data.D];
        size = 1;
        for (int i = 0, at = 0; i < y.Length; i++)
        {
            double sum = data.At(i, sample) - data.Mean[i];
            double terms = Math.Abs(sum);
            for (int j = 0; j < i; j++, at++)
            {
                sum -= lower[at] * y[j];
                terms += Math.Abs(lower[at] * y[j]);
            }

            y[i] = sum / lower[at++];
            size = Math.Max(size, terms / lower[at - 1]);
        }

        // Errors of earlier rows are carried on into later ones.
        size *= data.D;
        return y;
    }
}
