using FluentAssertions;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Eigenvalues and eigenvectors against MathNet's, and where MathNet's have no digits left.</summary>
public class PrincipalAxesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(33)]
    public void Of_APositiveDefiniteMatrix_IsItsEigendecomposition(int d)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            Matrix<double> factor = Matrix<double>.Build.DenseOfArray(SyntheticData.Normal(new Random(seed), d, d, 1));
            Matrix<double> matrix = Symmetric(factor * factor.Transpose());

            (double[] axes, double[] values) = AxesOf(Lower(matrix), d);

            double[] expected = [.. matrix.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).OrderDescending()];
            values.Should().Equal(expected, (actual, value) => Math.Abs(actual - value) < 1e-12 * expected[0]);
            ShouldBeOrthonormal(axes, d);
            double[] composed = new double[Triangle.Length(d)];
            for (int e = 0; e < d; e++)
                PrincipalAxes.AddOuterProduct(values[e], AxisOf(axes, e, d), composed);
            (Triangle.ToMatrix(composed, d) - matrix).FrobeniusNorm().Should().BeLessThan(1e-13 * matrix.FrobeniusNorm());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Of_ASingularMatrix_HasAxesOfNoScatterToo(int rank)
    {
        Matrix<double> factor = Matrix<double>.Build.DenseOfArray(SyntheticData.Normal(new Random(rank), 6, rank, 1));
        Matrix<double> matrix = Symmetric(factor * factor.Transpose());

        (double[] axes, double[] values) = AxesOf(Lower(matrix), 6);

        values[rank..].Should().OnlyContain(value => value < 1e-13 * matrix.Trace());
        values[..rank].Should().OnlyContain(value => value > 1e-3 * matrix.Trace() / 6);
        ShouldBeOrthonormal(axes, 6);
    }

    [Fact]
    public void Of_NoScatterAtAll_HasSomeAxes()
    {
        (double[] axes, double[] values) = AxesOf(new double[Triangle.Length(4)], 4);

        values.Should().OnlyContain(value => value == 0);
        ShouldBeOrthonormal(axes, 4);
    }

    [Fact]
    public void Of_ColumnsOfAllSizes_HasEveryEigenvalueToAllDigits()
    {
        // [[1, r], [r, 1]] with column sizes s and 1/s: to first order the eigenvalues are 1/s² and s² (1 - r²).
        const double s = 1e-60, r = 0.6;

        PrincipalAxes axes = PrincipalAxes.Of([s * s, r, 1 / s / s], 2);

        axes.Values[0].Should().BeApproximately(1 / s / s, 1e-14 / s / s);
        axes.Values[1].Should().BeApproximately(s * s * (1 - (r * r)), 1e-14 * s * s);
        double[] sharp = axes.ToArray();
        sharp[1].Should().BeApproximately(1, 1e-15);
        (sharp[0] / (s * s)).Should().BeApproximately(r, 1e-14);
        (sharp[3] / (s * s)).Should().BeApproximately(-r * Math.Sign(sharp[2]), 1e-14);
    }

    /// <summary>Side by side they are what they are alone; matrices of any units, and some that have to be done alone.</summary>
    [Theory]
    [InlineData(2, 3)]
    [InlineData(5, 4)]
    [InlineData(8, 7)]
    [InlineData(9, 2)]
    [InlineData(3, 33)]
    public void OfFactors_OfSeveralMatrices_AreEachOnesOwn(int matrices, int d)
    {
        foreach (double smallest in new[] { 1, 1e-6, 1e-40, 0 })
        {
            double[][] triangles = [.. Enumerable.Range(0, matrices).Select(seed =>
            {
                Matrix<double> factor = Matrix<double>.Build.DenseOfArray(SyntheticData.Normal(new Random(seed), d, d, 1));
                factor.SetRow(0, factor.Row(0) * smallest);
                return Lower(Symmetric(factor * factor.Transpose()) * Math.Pow(10, 20 * (seed % 3)));
            })];
            double[] axes = new double[matrices * d * d];
            double[] values = new double[matrices * d];
            for (int j = 0; j < matrices; j++)
                SemidefiniteFactor.Columns(triangles[j], d, axes.AsSpan(j * d * d, d * d));

            PrincipalAxes.OfFactors(axes, values, d, new double[PrincipalAxes.ScratchLength(matrices, d)]);

            for (int j = 0; j < matrices; j++)
            {
                (double[] own, double[] ownValues) = AxesOf(triangles[j], d);
                values[(j * d)..((j + 1) * d)].Should().Equal(ownValues, (actual, value) => Math.Abs(actual - value) <= 1e-13 * value);
                for (int e = 0; e < d; e++)
                    axes[(((j * d) + e) * d)..(((j * d) + e + 1) * d)].Zip(AxisOf(own, e, d), (a, b) => a * b).Sum()
                        .Should().BeApproximately(1, 1e-12, $"matrix {j}, axis {e}, smallest {smallest}");
            }
        }
    }

    /// <summary>Axes of nearly the same length are turned far for next to nothing, and take the others along.</summary>
    [Fact]
    public void OfFactors_OfAxesOfNearlyTheSameLength_LeavesNothingAcross()
    {
        const int matrices = 8, d = 5;
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            Matrix<double>[] all = [.. Enumerable.Range(0, matrices).Select(_ =>
            {
                Matrix<double> turned = Matrix<double>.Build.DenseOfArray(SyntheticData.Normal(random, d, d, 1)).QR().Q;
                double gap = Math.Pow(10, -2 - (10 * random.NextDouble()));
                return Symmetric(turned * Matrix<double>.Build.DenseOfDiagonalArray([1, 1 + gap, 1 + (2 * gap), 0.4, 0.4 + gap]) * turned.Transpose());
            })];
            double[] axes = new double[matrices * d * d];
            for (int j = 0; j < matrices; j++)
                SemidefiniteFactor.Columns(Lower(all[j]), d, axes.AsSpan(j * d * d, d * d));

            PrincipalAxes.OfFactors(axes, new double[matrices * d], d, new double[PrincipalAxes.ScratchLength(matrices, d)]);

            for (int j = 0; j < matrices; j++)
            {
                Matrix<double> own = Matrix<double>.Build.DenseOfRowMajor(d, d, axes[(j * d * d)..((j + 1) * d * d)]);
                Matrix<double> along = own * all[j] * own.Transpose();
                (along - Matrix<double>.Build.DenseOfDiagonalVector(along.Diagonal())).FrobeniusNorm().Should().BeLessThan(1e-13, $"seed {seed}, matrix {j}");
            }
        }
    }

    /// <summary>Of one matrix, before they are sharpened.</summary>
    private static (double[] Axes, double[] Values) AxesOf(double[] triangle, int d)
    {
        double[] axes = new double[d * d];
        double[] values = new double[d];
        SemidefiniteFactor.Columns(triangle, d, axes);
        PrincipalAxes.OfFactors(axes, values, d, []);
        return (axes, values);
    }

    private static double[] AxisOf(double[] axes, int e, int d) => axes[(e * d)..((e + 1) * d)];

    private static void ShouldBeOrthonormal(double[] axes, int d)
    {
        for (int e = 0; e < d; e++)
            for (int other = 0; other <= e; other++)
                Vector<double>.Build.DenseOfArray(AxisOf(axes, e, d)).DotProduct(Vector<double>.Build.DenseOfArray(AxisOf(axes, other, d)))
                    .Should().BeApproximately(e == other ? 1 : 0, 1e-13);
    }

    private static Matrix<double> Symmetric(Matrix<double> matrix) => (matrix + matrix.Transpose()) / 2;

    private static double[] Lower(Matrix<double> matrix) =>
        [.. Enumerable.Range(0, matrix.RowCount).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => matrix[i, j]))];
}
