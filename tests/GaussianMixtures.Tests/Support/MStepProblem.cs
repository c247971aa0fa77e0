using GaussianMixtures.Covariances;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Weights and scatters, and the objective of an M-step written with matrices.</summary>
internal sealed record MStepProblem(double[] Weights, Matrix<double>[] Scatters)
{
    public int Dimension => Scatters[0].RowCount;

    public static MStepProblem OfLabels(double[,] x, int[] labels)
    {
        int k = labels.Max() + 1, d = x.GetLength(1);
        double[] weights = [.. Enumerable.Range(0, k).Select(j => (double)labels.Count(label => label == j))];
        var scatters = new Matrix<double>[k];
        for (int j = 0; j < k; j++)
        {
            double[,] rows = SyntheticData.Take(x, [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == j)]);
            scatters[j] = weights[j] * Matrix<double>.Build.Dense(d, d, (a, b) => Exact.Covariance(rows, a, b));
        }

        return new(weights, scatters);
    }

    /// <summary>Ellipsoids of any shape, size and direction, with weights of any size.</summary>
    public static MStepProblem Random(int k, int d, int seed)
    {
        var random = new Random(seed);
        double[] weights = [.. Enumerable.Range(0, k).Select(_ => 1 + (99 * random.NextDouble()))];
        return new(weights,
        [
            .. weights.Select(weight =>
            {
                Matrix<double> factor = Matrix<double>.Build.DenseOfArray(SyntheticData.Normal(random, d, d, 1));
                Matrix<double> sizes = Matrix<double>.Build.DenseDiagonal(d, d, _ => Math.Exp(SyntheticData.Normal(random)));
                return weight * (factor * sizes * factor.Transpose());
            }).Select(scatter => (scatter + scatter.Transpose()) / 2),
        ]);
    }

    /// <summary>Ellipsoids a thousand times as long as thin, in any direction.</summary>
    public static MStepProblem Thin(int k, int d, int seed)
    {
        var random = new Random(seed);
        double[] weights = [.. Enumerable.Range(0, k).Select(_ => 1 + (99 * random.NextDouble()))];
        return new(weights,
        [
            .. weights.Select(weight =>
            {
                Matrix<double> axes = Matrix<double>.Build.DenseOfArray(SyntheticData.Normal(random, d, d, 1)).QR().Q;
                Matrix<double> sizes = Matrix<double>.Build.DenseDiagonal(d, d, i => Math.Pow(10, -6.0 * i / (d - 1)));
                return weight * (axes * sizes * axes.Transpose());
            }).Select(scatter => (scatter + scatter.Transpose()) / 2),
        ]);
    }

    public MStepProblem Scaled(double factor) => this with { Scatters = [.. Scatters.Select(scatter => factor * scatter)] };

    /// <summary>The family's M-step.</summary>
    public Matrix<double>[] Estimate(CovarianceType type) => Matrices(type.Estimate(ScattersFor(type)));

    /// <summary>The scatters as the family sees them.</summary>
    public ComponentScatters ScattersFor(CovarianceType type)
    {
        ComponentCovariances covariances = [.. Scatters.Select((scatter, j) => Covariance.Full(scatter / Weights[j]))];
        return covariances.ToScatters(type.ScatterShape, Weights);
    }

    public static Matrix<double>[] Matrices(IReadOnlyList<Covariance> covariances) => [.. covariances.Select(covariance => covariance.ToMatrix())];

    /// <summary>Σ_j −½ (N_j log|Σ_j| + tr(Σ_j⁻¹ W_j)).</summary>
    public double Objective(IReadOnlyList<Matrix<double>> covariances) => Enumerable.Range(0, Weights.Length)
        .Sum(j => -0.5 * ((Weights[j] * Math.Log(covariances[j].Determinant())) + covariances[j].Solve(Scatters[j]).Trace()));

    public double Objective(IReadOnlyList<double[,]> covariances) => Objective([.. covariances.Select(Matrix<double>.Build.DenseOfArray)]);
}
