namespace GaussianMixtures.Tests;

/// <summary>
/// The arithmetic of a mixture written as plainly as it can be: loops over rows and columns, one Cholesky factor per
/// component, no blocks and no cleverness. Slow, and sharing no line with the library.
/// </summary>
internal static class Oracle
{
    /// <summary>log(weight of c) + log density of row i under component c: n x k.</summary>
    public static double[,] WeightedLogDensities(double[] weights, double[,] means, double[][,] covariances, double[,] x)
    {
        var logs = new double[x.GetLength(0), weights.Length];
        for (int c = 0; c < weights.Length; c++)
        {
            double[,] factor = Cholesky(covariances[c]);
            double[] mean = SyntheticData.Row(means, c);
            for (int i = 0; i < logs.GetLength(0); i++)
                logs[i, c] = Math.Log(weights[c]) + LogDensity(factor, mean, SyntheticData.Row(x, i));
        }

        return logs;
    }

    public static double[,] WeightedLogDensities(GaussianMixtureModel model, double[,] x) =>
        WeightedLogDensities(
            model.Weights.ToArray(), model.Means.ToArray(), [.. model.Covariances.Select(c => c.ToArray())], x);

    /// <summary>log p(x) of every row.</summary>
    public static double[] LogDensities(double[,] weightedLogDensities)
    {
        int n = weightedLogDensities.GetLength(0);
        return [.. Enumerable.Range(0, n).Select(i => LogSumExp(SyntheticData.Row(weightedLogDensities, i)))];
    }

    /// <summary>The share every component has in every row: n x k.</summary>
    public static double[,] Responsibilities(double[,] weightedLogDensities)
    {
        double[] total = LogDensities(weightedLogDensities);
        var shares = new double[weightedLogDensities.GetLength(0), weightedLogDensities.GetLength(1)];
        for (int i = 0; i < shares.GetLength(0); i++)
            for (int c = 0; c < shares.GetLength(1); c++)
                shares[i, c] = Math.Exp(weightedLogDensities[i, c] - total[i]);
        return shares;
    }

    /// <summary>The lower triangle L with L L' = matrix.</summary>
    public static double[,] Cholesky(double[,] matrix)
    {
        int d = matrix.GetLength(0);
        var factor = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i, j];
                for (int m = 0; m < j; m++)
                    sum -= factor[i, m] * factor[j, m];
                factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[j, j];
            }
        }

        return factor;
    }

    private static double LogDensity(double[,] factor, double[] mean, double[] x)
    {
        int d = mean.Length;
        var y = new double[d];
        double squares = 0, logDeterminant = 0;
        for (int i = 0; i < d; i++)
        {
            double sum = x[i] - mean[i];
            for (int j = 0; j < i; j++)
                sum -= factor[i, j] * y[j];
            y[i] = sum / factor[i, i];
            squares += y[i] * y[i];
            logDeterminant += 2 * Math.Log(factor[i, i]);
        }

        return -0.5 * ((d * Math.Log(2 * Math.PI)) + logDeterminant + squares);
    }

    private static double LogSumExp(double[] logs)
    {
        double largest = logs.Max();
        return largest + Math.Log(logs.Sum(v => Math.Exp(v - largest)));
    }
}
