using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Expectation-maximisation as in a textbook, for observation weights and the four types. The second oracle.</summary>
internal sealed class PlainEm
{
    public required double[] Weights { get; set; }

    public required double[,] Means { get; set; }

    public required double[][,] Covariances { get; set; }

    public int Components => Weights.Length;

    /// <summary>The log-likelihood that each E-step saw.</summary>
    public List<double> Trace { get; } = [];

    /// <summary>A start that suits every type: k rows of the data and the variances of its columns.</summary>
    public static PlainEm StartFrom(double[,] x, int k)
    {
        int n = x.GetLength(0), d = x.GetLength(1);
        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        double[,] one = new double[n, 1];
        for (int i = 0; i < n; i++)
            one[i, 0] = 1;
        double variance = Enumerable.Range(0, d).Average(j => Scatter(x, ones, one, 0, Mean(x, ones, one, 0, n))[j, j] / n);
        var round = new double[d, d];
        for (int j = 0; j < d; j++)
            round[j, j] = variance;
        return new PlainEm
        {
            Weights = [.. Enumerable.Repeat(1.0 / k, k)],
            Means = SyntheticData.Take(x, [.. Enumerable.Range(0, k).Select(c => (c * (n / k)) + 1)]),
            Covariances = [.. Enumerable.Repeat(round, k)],
        };
    }

    public GaussianMixtureModel ToModel(CovarianceType type) =>
        GaussianMixtureModel.FromParameters(
            Vector<double>.Build.DenseOfArray(Weights),
            Matrix<double>.Build.DenseOfArray(Means),
            [.. Covariances.Select(Matrix<double>.Build.DenseOfArray)],
            type);

    public void Iterate(double[,] x, double[] rowWeights, CovarianceType type)
    {
        double[,] logs = Oracle.WeightedLogDensities(Weights, Means, Covariances, x);
        Trace.Add(Oracle.LogDensities(logs).Zip(rowWeights, (l, w) => l * w).Sum());
        Maximize(x, rowWeights, Oracle.Responsibilities(logs), type);
    }

    /// <summary>The M-step: parameters from the shares every component has in every row.</summary>
    public void Maximize(double[,] x, double[] rowWeights, double[,] shares, CovarianceType type)
    {
        int k = Components, d = x.GetLength(1);
        double total = rowWeights.Sum();
        var sizes = new double[k];
        var scatters = new double[k][,];
        for (int c = 0; c < k; c++)
        {
            for (int i = 0; i < rowWeights.Length; i++)
                sizes[c] += rowWeights[i] * shares[i, c];
            Weights[c] = sizes[c] / total;
            double[] mean = Mean(x, rowWeights, shares, c, sizes[c]);
            for (int j = 0; j < d; j++)
                Means[c, j] = mean[j];
            scatters[c] = Scatter(x, rowWeights, shares, c, mean);
        }

        Covariances = [.. Enumerable.Range(0, k).Select(c => Shape(scatters, sizes, c, type))];
    }

    private static double[,] Shape(double[][,] scatters, double[] sizes, int component, CovarianceType type)
    {
        int d = scatters[0].GetLength(0);
        var covariance = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                if (type == CovarianceType.Full)
                    covariance[i, j] = scatters[component][i, j] / sizes[component];
                else if (type == CovarianceType.Tied)
                    covariance[i, j] = scatters.Sum(s => s[i, j]) / sizes.Sum();
                else if (type == CovarianceType.Diagonal)
                    covariance[i, j] = i == j ? scatters[component][i, i] / sizes[component] : 0;
                else
                    covariance[i, j] = i == j ? SumOfDiagonal(scatters[component]) / sizes[component] / d : 0;
            }
        }

        return covariance;
    }

    private static double SumOfDiagonal(double[,] matrix) =>
        Enumerable.Range(0, matrix.GetLength(0)).Sum(m => matrix[m, m]);

    private static double[] Mean(double[,] x, double[] rowWeights, double[,] shares, int component, double size)
    {
        var mean = new double[x.GetLength(1)];
        for (int i = 0; i < rowWeights.Length; i++)
            for (int j = 0; j < mean.Length; j++)
                mean[j] += rowWeights[i] * shares[i, component] * x[i, j] / size;
        return mean;
    }

    private static double[,] Scatter(double[,] x, double[] rowWeights, double[,] shares, int component, double[] mean)
    {
        int d = mean.Length;
        var scatter = new double[d, d];
        for (int r = 0; r < rowWeights.Length; r++)
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++)
                    scatter[i, j] += rowWeights[r] * shares[r, component] * (x[r, i] - mean[i]) * (x[r, j] - mean[j]);
        return scatter;
    }
}
