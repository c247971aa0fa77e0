using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>Cholesky factors, found and packed.</summary>
public class FactorTests
{
    [Fact]
    public void Pack_OfSixRows_IsInTheOrderOfTheKernel()
    {
        // Six rows are one group of four and two single ones. Element (i, j) is 10 (i + 1) + j + 1, on the diagonal a power of two.
        double[] lower =
        [
            1,
            21, 2,
            31, 32, 4,
            41, 42, 43, 8,
            51, 52, 53, 54, 16,
            61, 62, 63, 64, 65, 32,
        ];

        KernelData.Packed(lower, 6).Should().Equal(
            1,
            -21, 0.5,
            -31, -32, 0.25,
            -41, -42, -43, 0.125,
            -51, -52, -53, -54, 0.0625,
            -61, -62, -63, -64, -65, 0.03125);
    }

    [Fact]
    public void Pack_OfTheSecondGroup_GoesByColumnsThenByTheTriangle()
    {
        double[] lower = [.. Enumerable.Range(0, 8).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => i == j ? 0.5 : (10.0 * i) + j))];

        KernelData.Packed(lower, 8)[10..].Should().Equal(
            -40, -50, -60, -70,
            -41, -51, -61, -71,
            -42, -52, -62, -72,
            -43, -53, -63, -73,
            2,
            -54, 2,
            -64, -65, 2,
            -74, -75, -76, 2);
    }

    [Fact]
    public void TraceOfQuotient_OfFewColumns_IsThatOfTheRows()
    {
        foreach (int d in Enumerable.Range(1, PackedFactor.MostInRows))
        {
            double[] lower = new KernelData(d, 1).Factor();
            double[] other = new KernelData(d, 5).Factor();
            double expected = Cholesky.TraceOfQuotient(lower, other, d);

            PackedFactor.TraceOfQuotient(KernelData.Packed(lower, d), other, d).Should().BeApproximately(expected, 1e-13 * expected, $"d = {d}");
        }
    }

    /// <summary>The squares of the deviations on the diagonal: a matrix whose root is the deviations.</summary>
    [Fact]
    public void TraceOfQuotient_OfADiagonalMatrix_IsThatOfTheRows()
    {
        foreach (int d in Enumerable.Range(1, PackedFactor.MostInRows))
        {
            double[] lower = new KernelData(d, 1).Factor();
            double[] scale = [.. Enumerable.Range(0, d).Select(i => Math.Pow(3, i - 2))];
            double[] root = new double[Triangle.Length(d)];
            for (int i = 0; i < d; i++)
                root[Triangle.Index(i, i)] = scale[i];
            double expected = Cholesky.TraceOfQuotient(lower, root, d);

            PackedFactor.TraceOfQuotient(KernelData.Packed(lower, d), scale).Should().BeApproximately(expected, 1e-13 * expected, $"d = {d}");
        }
    }

    [Fact]
    public void TryFactor_OfFewColumns_HasTheBitsOfFactoringAndPacking()
    {
        foreach (int d in Enumerable.Range(1, PackedFactor.MostInRows))
        {
            double[] matrix = new double[Triangle.Length(d)];
            Cholesky.Product(new KernelData(d, 3).Factor(), d, matrix);
            double[] lower = [.. matrix];
            Cholesky.TryFactor(lower, d, 0).Should().BeTrue();
            double[] packed = new double[matrix.Length];

            PackedFactor.TryFactor(matrix, d, 0, packed).Should().BeTrue();

            ModelAssertions.Bits(packed).Should().Equal(ModelAssertions.Bits(KernelData.Packed(lower, d)), $"d = {d}");
            double expected = Cholesky.LogDeterminant(lower, d);
            PackedFactor.LogDeterminant(packed, d).Should().BeApproximately(expected, 1e-13 * (1 + Math.Abs(expected)), $"d = {d}");
        }
    }

    /// <summary>A last row that is a multiple of the first, but for rounding or in truth; values that are no numbers.</summary>
    [Fact]
    public void TryFactor_OfDependentRows_IsRefusedAsIsFactoring()
    {
        foreach (int d in Enumerable.Range(2, PackedFactor.MostInRows - 1))
        {
            double[] regular = new double[Triangle.Length(d)];
            Cholesky.Product(new KernelData(d, 3).Factor(), d, regular);
            foreach (double pivot in new[] { -1, 0, 1e-16, 1e-14, 1e-3, double.NaN, double.PositiveInfinity })
            {
                double[] matrix = [.. regular];
                double[] own = [.. regular];
                Cholesky.TryFactor(own, d, 0);
                double last = own[^1];
                matrix[^1] += (pivot * matrix[^1]) - (last * last);

                double[] lower = [.. matrix];
                PackedFactor.TryFactor(matrix, d, 1e-15, new double[matrix.Length])
                    .Should().Be(Cholesky.TryFactor(lower, d, 1e-15), $"d = {d}, pivot {pivot}");
            }
        }
    }

    [Fact]
    public void Unpack_OfEveryDimension_GivesTheFactorBack()
    {
        foreach (int d in Enumerable.Range(1, 70))
        {
            KernelData data = new(d, 1);
            double[] lower = data.Factor();
            double[] packed = KernelData.Packed(lower, d);

            double[] unpacked = new double[packed.Length];
            PackedFactor.Unpack(packed, d, unpacked);

            packed.Should().HaveCount(Triangle.Length(d));
            for (int at = 0; at < lower.Length; at++)
                data.ShouldBe(unpacked[at], lower[at], 1, $"element {at}");
        }
    }

    [Fact]
    public void Solve_OfEveryDimension_UndoesTheFactor()
    {
        foreach (int d in Enumerable.Range(1, 70))
        {
            KernelData data = new(d, 1);
            double[] lower = data.Factor();
            double[] solution = new double[d];

            PackedFactor.Solve(KernelData.Packed(lower, d), data.Mean, solution);

            // Backward: L times the solution is the right-hand side.
            for (int i = 0; i < d; i++)
            {
                double product = 0, size = 1;
                for (int j = 0; j <= i; j++)
                {
                    product += lower[(i * (i + 1) / 2) + j] * solution[j];
                    size += Math.Abs(lower[(i * (i + 1) / 2) + j] * solution[j]);
                }

                data.ShouldBe(product, data.Mean[i], size, $"row {i} of L times the solution");
            }
        }
    }

    [Fact]
    public void Cholesky_OfEveryDimension_IsThePlainFactor()
    {
        foreach (int d in Enumerable.Range(1, 70))
        {
            // From 1e-300 to 1e300: a pivot is judged against its own diagonal element.
            foreach (double scale in new[] { 1e-300, 1, 1e300 })
            {
                KernelData data = new(d, 1);
                double[] lower = data.Factor();
                double[] matrix = Product(lower, d, scale);

                Cholesky.TryFactor(matrix, d, tolerance: 1e-12).Should().BeTrue();

                for (int at = 0; at < lower.Length; at++)
                    data.ShouldBe(matrix[at] / Math.Sqrt(scale), lower[at], 1000, $"element {at}");
            }
        }
    }

    [Fact]
    public void Cholesky_OfASingularMatrix_IsRefusedWhateverItsScale()
    {
        foreach (int d in new[] { 2, 3, 5, 20 })
        {
            foreach (double scale in new[] { 1e-290, 1, 1e290 })
            {
                // The last row repeats the one before, so that only rounding is left of its pivot.
                double[] lower = new KernelData(d, 1).Factor();
                lower.AsSpan(Triangle.Index(d - 2, 0), d - 1).CopyTo(lower.AsSpan(Triangle.Index(d - 1, 0)));
                lower[^1] = 0;

                Cholesky.TryFactor(Product(lower, d, scale), d, tolerance: 1e-14).Should().BeFalse();
            }
        }
    }

    [Theory]
    [InlineData(0.0, 0.0, 1.0)]
    [InlineData(-1.0, 0.0, 1.0)]
    [InlineData(1.0, 0.0, 0.0)]
    [InlineData(1.0, 2.0, 1.0)]
    [InlineData(1.0, 1.0, 1.0)]
    [InlineData(double.NaN, 0.0, 1.0)]
    [InlineData(1.0, double.NaN, 1.0)]
    [InlineData(1.0, 0.0, double.PositiveInfinity)]
    public void Cholesky_OfWhatIsNotPositiveDefinite_IsRefused(double a, double b, double c) =>
        Cholesky.TryFactor(new[] { a, b, c }, 2, tolerance: 0).Should().BeFalse();

    private static double[] Product(double[] lower, int d, double scale)
    {
        double[] matrix = new double[lower.Length];
        for (int i = 0, at = 0; i < d; i++)
            for (int j = 0; j <= i; j++, at++)
                for (int m = 0; m <= j; m++)
                    matrix[at] += scale * lower[Triangle.Index(i, m)] * lower[Triangle.Index(j, m)];
        return matrix;
    }
}
