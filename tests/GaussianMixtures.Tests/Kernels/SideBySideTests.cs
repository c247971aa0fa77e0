using FluentAssertions;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Components side by side, against one after another.</summary>
public class SideBySideTests
{
    public static TheoryData<string> Names => KernelData.Names;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    public void Fill_OfAnyNumberOfComponents_PutsEachInAColumnOfItsOwn(int components)
    {
        const int rows = 3;
        double[] values = [.. Enumerable.Range(1, components * rows)];
        int width = SideBySide.Width(components);
        double[] panel = new double[rows * width];

        SideBySide.Fill(values, components, panel);

        width.Should().BeInRange(components, components + 7);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < width; j++)
                panel[(i * width) + j].Should().Be(j < components ? values[(j * rows) + i] : 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TracesOfQuotient_OfAnySize_AreEachComponentsOwn(string name)
    {
        foreach (int components in new[] { 1, 3, 4, 5, 8, 9, 17 })
        {
            foreach (int d in new[] { 1, 2, 3, 4, 7, 20 })
            {
                KernelData data = new(d, 1);
                double[] lower = data.Factor();
                double[] factors = [.. Enumerable.Range(0, components).SelectMany(_ => data.Factor())];
                double[] panel = new double[Triangle.Length(d) * SideBySide.Width(components)];
                SideBySide.Fill(factors, components, panel);
                Guarded traces = new(SideBySide.Width(components), double.NaN);
                Guarded scratch = new(d * SideBySide.Width(components), double.NaN);

                KernelData.KernelsForRows(name, traces.Span.Length).TracesOfQuotient(lower, panel, d, scratch.Span, traces.Span);

                traces.ShouldBeIntact("traces");
                scratch.ShouldBeIntact("scratch");
                for (int j = 0; j < components; j++)
                {
                    double expected = Cholesky.TraceOfQuotient(lower, factors.AsSpan(j * Triangle.Length(d), Triangle.Length(d)), d);
                    traces.Span[j].Should().BeApproximately(expected, 1e-13 * expected, $"component {j} of {components}, d = {d}");
                }
            }
        }
    }

    /// <summary>Turns leave F Fᵀ of every component as it is, and columns that are orthogonal; what stands in a row after the last stays zero.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Orthogonalize_OfAnySize_TurnsEachComponentsColumns(string name)
    {
        foreach (int components in new[] { 1, 3, 4, 5, 8, 9, 17 })
        {
            foreach (int d in new[] { 1, 2, 3, 4, 7, 20 })
            {
                KernelData data = new(d, 1);
                int width = SideBySide.Width(components);
                double[] before = KernelData.Draw(components * d * d, data.Normal);
                Guarded columns = new(d * d * width), squares = new(d * width);
                SideBySide.Fill(before, components, columns.Span);
                SideBySide.Fill([.. before.Chunk(d).Select(column => column.Sum(value => value * value))], components, squares.Span);

                KernelData.KernelsForRows(name, width).Orthogonalize(columns.Span, squares.Span, d, 40);

                columns.ShouldBeIntact("columns");
                squares.ShouldBeIntact("squares");
                double[] after = new double[before.Length], lengths = new double[components * d];
                SideBySide.Read(columns.Span, components, after);
                SideBySide.Read(squares.Span, components, lengths);
                for (int j = 0; j < components; j++)
                {
                    Matrix<double> was = Matrix<double>.Build.DenseOfColumnMajor(d, d, before[(j * d * d)..((j + 1) * d * d)]);
                    Matrix<double> turned = Matrix<double>.Build.DenseOfColumnMajor(d, d, after[(j * d * d)..((j + 1) * d * d)]);
                    Matrix<double> expected = Matrix<double>.Build.DenseOfDiagonalArray(lengths[(j * d)..((j + 1) * d)]);
                    double size = was.FrobeniusNorm() * was.FrobeniusNorm();
                    ((turned * turned.Transpose()) - (was * was.Transpose())).FrobeniusNorm().Should().BeLessThan(1e-13 * size);
                    ((turned.Transpose() * turned) - expected).FrobeniusNorm().Should().BeLessThan(1e-13 * size, $"component {j} of {components}, d = {d}");
                }

                for (int at = 0; at < columns.Span.Length; at++)
                    (at % width < components || columns.Span[at] == 0).Should().BeTrue();
            }
        }
    }
}
