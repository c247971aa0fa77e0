using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Seeded data, and the same data written in other ways.</summary>
internal static class SyntheticData
{
    /// <summary>
    /// k round clouds of unit variance with unequal sizes, their centres about <paramref name="separation"/> apart. The
    /// numbers are multiples of 2^-20, so that sums with whole numbers up to 1e9 are exact.
    /// </summary>
    public static double[,] Clouds(int n, int d, int k, int seed, double separation = 5)
    {
        var random = new Random(seed);
        double[,] centres = Normal(random, k, d, separation);
        double[,] x = Normal(random, n, d, 1);
        for (int i = 0; i < n; i++)
        {
            int cloud = (int)(k * Math.Pow(random.NextDouble(), 1.5));
            for (int j = 0; j < d; j++)
                x[i, j] = OnGrid(x[i, j] + centres[cloud, j]);
        }

        return x;
    }

    /// <summary>Clouds whose columns depend on each other: column j holds a part of column j - 1.</summary>
    public static double[,] CorrelatedClouds(int n, int d, int k, int seed, double separation = 5)
    {
        double[,] x = Clouds(n, d, k, seed, separation);
        for (int i = 0; i < n; i++)
            for (int j = 1; j < d; j++)
                x[i, j] = OnGrid(x[i, j] + (0.6 * x[i, j - 1]));
        return x;
    }

    public static double[,] Normal(Random random, int n, int d, double sigma)
    {
        var x = new double[n, d];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < d; j++)
                x[i, j] = sigma * Normal(random);
        return x;
    }

    /// <summary>One standard normal number, by Box and Muller.</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double OnGrid(double value) => Math.Round(value * 1048576) / 1048576;

    public static double[,] Map(double[,] x, Func<double, int, double> change)
    {
        var y = new double[x.GetLength(0), x.GetLength(1)];
        for (int i = 0; i < y.GetLength(0); i++)
            for (int j = 0; j < y.GetLength(1); j++)
                y[i, j] = change(x[i, j], j);
        return y;
    }

    /// <summary>The rows of the given numbers, in that order; a number may come twice.</summary>
    public static double[,] Take(double[,] x, IReadOnlyList<int> rows)
    {
        var y = new double[rows.Count, x.GetLength(1)];
        for (int i = 0; i < rows.Count; i++)
            for (int j = 0; j < y.GetLength(1); j++)
                y[i, j] = x[rows[i], j];
        return y;
    }

    public static double[][] Jagged(double[,] x) =>
        [.. Enumerable.Range(0, x.GetLength(0)).Select(i => Row(x, i))];

    public static double[] Row(double[,] x, int row) =>
        [.. Enumerable.Range(0, x.GetLength(1)).Select(j => x[row, j])];

    /// <summary>Whole-numbered weights 1, 2 and 3.</summary>
    public static Vector<double> Multiplicities(int n, int seed)
    {
        var random = new Random(seed);
        return Vector<double>.Build.Dense(n, _ => random.Next(1, 4));
    }
}
