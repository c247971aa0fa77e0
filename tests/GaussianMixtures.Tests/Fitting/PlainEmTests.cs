using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>
/// Fits equal the textbook's loops for narrow and wide data and for row counts that fill no block, with and without
/// weights, in the four types.
/// </summary>
public class PlainEmTests
{
    private const int Iterations = 3;

    public static TheoryData<string, int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<string, int, int>();
            foreach (string type in Families.InPlainEm)
                foreach ((int n, int d) in RowsAndColumns)
                    sizes.Add(type, n, d);

            return sizes;
        }
    }

    private static (int N, int D)[] RowsAndColumns =>
    [
        (7, 1), (191, 1), (193, 2), (501, 3), (577, 4), (385, 5), (400, 9), (401, 17), (300, 33), (403, 64), (449, 70),
    ];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Fit_FromAStart_EqualsPlainEm(string typeName, int n, int d) => ShouldEqualPlainEm(typeName, n, d, weights: null);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Fit_Weighted_EqualsPlainEm(string typeName, int n, int d)
    {
        var random = new Random(n + d);
        ShouldEqualPlainEm(typeName, n, d, Vector<double>.Build.Dense(n, _ => 0.1 + random.NextDouble()));
    }

    private static void ShouldEqualPlainEm(string typeName, int n, int d, Vector<double>? weights)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        int k = d == 1 ? 1 : 2;
        double[,] x = SyntheticData.CorrelatedClouds(n, d, k, seed: d, separation: 2);
        PlainEm oracle = PlainEm.StartFrom(x, k);
        var estimator = new GaussianMixture(k)
        {
            CovarianceType = type,
            Initialization = Initialization.FromModel(oracle.ToModel(type)),
            MaxIterations = Iterations,
            Tolerance = 0,
            VarianceFloor = 0,
        };

        GaussianMixtureModel model = estimator.Fit(x, weights);

        double[] rowWeights = weights?.ToArray() ?? [.. Enumerable.Repeat(1.0, n)];
        for (int t = 0; t < Iterations; t++)
            oracle.Iterate(x, rowWeights, type);
        model.ShouldEqual(oracle.Weights, oracle.Means, oracle.Covariances, 1e-9);
        model.Report!.LogLikelihoodTrace.Should().HaveCount(Iterations);
        for (int t = 0; t < Iterations; t++)
            ModelAssertions.Close(model.Report.LogLikelihoodTrace[t], oracle.Trace[t], oracle.Trace[t], 1e-10, $"trace {t}");
    }
}
