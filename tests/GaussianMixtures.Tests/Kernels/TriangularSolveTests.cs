using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>L⁻¹(x − m) and its squared length are those of forward substitution, sample by sample.</summary>
public class TriangularSolveTests
{
    public static TheoryData<string> Names => KernelData.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Solve_OfEveryDimension_IsForwardSubstitution(string name)
    {
        foreach (KernelData data in KernelData.Blocks)
        {
            double[] lower = data.Factor();
            Guarded solved = new(data.D * Panel.Tile);
            Guarded distances = new(data.Width);
            Guarded whitened = new(data.D * Panel.Stride, fill: double.NaN);

            KernelData.Kernels(name).TriangularSolve(data.X, data.Mean, PackedFactor.Pack(lower, data.D), data.Width, solved.Span,
                distances.Span, whitened.Span);

            for (int s = 0; s < data.Count; s++)
            {
                double[] y = ForwardSubstitution(data, lower, s, out double size);
                for (int i = 0; i < data.D; i++)
                    data.ShouldBe(whitened[(i * Panel.Stride) + s], y[i], size, $"y[{i}] of sample {s}");
                double expected = y.Sum(v => v * v);
                data.ShouldBe(distances[s], expected, size * size, $"distance of sample {s}");
            }

            for (int s = data.Width; s < Panel.Stride; s++)
                double.IsNaN(whitened[s]).Should().BeTrue("nothing is written past the width");
            solved.ShouldBeIntact("solved");
            distances.ShouldBeIntact("distances");
            whitened.ShouldBeIntact("whitened");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Solve_WithOneOutput_GivesTheSameBits(string name)
    {
        foreach (int d in new[] { 1, 3, 4, 7, 33 })
        {
            KernelData data = new(d, 47);
            double[] factor = PackedFactor.Pack(data.Factor(), d);
            double[] solved = new double[d * Panel.Tile];
            double[] both = new double[data.Width], alone = new double[data.Width];
            double[] bothWhitened = new double[d * Panel.Stride], whitenedAlone = new double[d * Panel.Stride];
            VectorKernels kernels = KernelData.Kernels(name);

            kernels.TriangularSolve(data.X, data.Mean, factor, data.Width, solved, both, bothWhitened);
            kernels.TriangularSolve(data.X, data.Mean, factor, data.Width, solved, alone, []);
            kernels.TriangularSolve(data.X, data.Mean, factor, data.Width, solved, [], whitenedAlone);

            alone.Should().Equal(both);
            whitenedAlone.Should().Equal(bothWhitened);
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
