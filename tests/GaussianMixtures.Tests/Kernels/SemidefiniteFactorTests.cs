using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>F Fᵀ is the matrix again, to rounding of each row's own size, whatever depends on what.</summary>
public class SemidefiniteFactorTests
{
    public static TheoryData<int, int, double, double> Scatters
    {
        get
        {
            TheoryData<int, int, double, double> scatters = [];
            foreach (int d in new[] { 1, 2, 3, 5, 12 })
                foreach (int rows in new[] { 1, 2, 3, 7, 40 })
                    foreach (double copy in new[] { 1, 1e-3, 1e-7, 1e-8, 0 })
                        foreach (double scale in new[] { 1, 1e-60 })
                            scatters.Add(d, rows, copy, scale);
            return scatters;
        }
    }

    [Theory]
    [MemberData(nameof(Scatters))]
    public void Lower_OfScattersWithNearlyCopiedColumns_IsTheirRoot(int d, int rows, double copy, double scale)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            double[] scatter = Scatter(d, rows, copy, scale, seed);

            double[] lower = new double[scatter.Length];
            SemidefiniteFactor.Lower(scatter, d, lower);

            for (int i = 0, at = 0; i < d; i++)
            {
                for (int j = 0; j <= i; j++, at++)
                {
                    double product = 0;
                    for (int c = 0; c <= j; c++)
                        product += lower[Triangle.Index(i, c)] * lower[Triangle.Index(j, c)];
                    double size = Math.Sqrt(scatter[Triangle.Index(i, i)]) * Math.Sqrt(scatter[Triangle.Index(j, j)]);
                    product.Should().BeApproximately(scatter[at], 1e-13 * size, $"seed {seed}, element {i},{j}");
                }
            }
        }
    }

    /// <summary>Of so many rows about their mean: the second column is nearly the first, and every other one has another unit.</summary>
    private static double[] Scatter(int d, int rows, double copy, double scale, int seed)
    {
        double[,] x = SyntheticData.Clouds(rows, d, 1, seed);
        double[] scatter = new double[Triangle.Length(d)];
        double[] y = new double[d];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < d; i++)
                y[i] = (i == 1 ? x[row, 0] + (copy * x[row, 1]) : x[row, i]) * (i % 3 == 2 ? scale : 1);
            for (int i = 0, at = 0; i < d; i++)
                for (int j = 0; j <= i; j++, at++)
                    scatter[at] += y[i] * y[j];
        }

        return scatter;
    }
}
