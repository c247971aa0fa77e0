using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Random;

namespace GaussianMixtures.Benchmarks;

/// <summary>A shape of work that stands for many: n rows, d columns, k components of one family.</summary>
public sealed record Workload(string Name, int Rows, int Columns, int Components, CovarianceType CovarianceType)
{
    public static IEnumerable<Workload> All =>
    [
        new("W1", 1_000_000, 2, 5, CovarianceType.Full),
        new("W2", 200_000, 16, 16, CovarianceType.Full),
        new("W3", 100_000, 39, 64, CovarianceType.Diagonal),
        new("W4", 50_000, 64, 32, CovarianceType.Full),
        new("W5", 10_000, 256, 8, CovarianceType.Full),
        new("W6", 200_000, 16, 16, CovarianceType.Tied),
        new("W7", 200_000, 16, 16, CovarianceType.Spherical),
    ];

    /// <summary>Multiply-adds that no exact iteration can do without: n·k·d² for full, n·d² + 2·n·k·d for tied, 2·n·k·d else.</summary>
    public double LeastMultiplyAdds
    {
        get
        {
            double perComponent = (double)Rows * Components * Columns;
            return CovarianceType.ScatterShape == ScatterShape.Full ? perComponent * Columns
                : CovarianceType.ScatterShape == ScatterShape.Pooled ? (2 * perComponent) + ((double)Rows * Columns * Columns)
                : 2 * perComponent;
        }
    }

    /// <summary>Rows around k random centres, and a start of unit covariances near them: nothing about it is converged.</summary>
    public (double[,] X, GaussianMixtureModel Start) Make()
    {
        Xoshiro256StarStar random = new(1, threadSafe: false);
        Matrix<double> centres = Matrix<double>.Build.Dense(Components, Columns, (_, _) => Normal.Sample(random, 0, 1.5));
        double[,] x = new double[Rows, Columns];
        for (int row = 0; row < Rows; row++)
        {
            int centre = random.Next(Components);
            for (int i = 0; i < Columns; i++)
            {
                x[row, i] = centres[centre, i] + Normal.Sample(random, 0, 1);
            }
        }

        GaussianMixtureModel start = GaussianMixtureModel.FromParameters(
            Vector<double>.Build.Dense(Components, 1.0 / Components),
            centres.Map(value => value + Normal.Sample(random, 0, 0.2)),
            [.. Enumerable.Repeat(Matrix<double>.Build.DenseIdentity(Columns), Components)],
            CovarianceType);
        return (x, start);
    }

    public override string ToString() => $"{Name} {Rows}x{Columns} k={Components} {CovarianceType.Aliases[0]}";
}
