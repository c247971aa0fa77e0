using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>The laws hold from every start: what a strategy sees of the data is neither their order, nor copies, nor units.</summary>
public class StartTests
{
    private static readonly double[,] X = SyntheticData.CorrelatedClouds(160, 3, 3, seed: 91, separation: 2);

    public static TheoryData<string, string> Strategies => Starts.ByFamily;

    public static TheoryData<string, string> Hostile => HostileData.ByFamily;

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Fit_InAnyOrderOfTheRows_IsTheSame(string typeName, string strategy)
    {
        int[] order = [.. Enumerable.Range(0, 160)];
        new Random(3).Shuffle(order);

        Begun(typeName, strategy).Fit(SyntheticData.Take(X, order)).ShouldEqual(Begun(typeName, strategy).Fit(X), 1e-8);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Fit_Weighted_EqualsCopies(string typeName, string strategy)
    {
        Vector<double> weights = SyntheticData.Multiplicities(160, seed: 92);
        int[] copies = [.. Enumerable.Range(0, 160).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        GaussianMixtureModel copied = Begun(typeName, strategy).Fit(SyntheticData.Take(X, copies));

        Begun(typeName, strategy).Fit(X, weights).ShouldEqual(copied, 1e-8);
        Begun(typeName, strategy).Fit(X, 0.1 * weights).ShouldEqual(copied, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Fit_OfDataElsewhereInOtherUnits_IsTheSame(string typeName, string strategy)
    {
        GaussianMixtureModel model = Begun(typeName, strategy).Fit(X);

        foreach ((double scale, double shift) in new[] { (1, 1e8), (1e-150, 0.0), (1e150, 0), (3, 12345) })
        {
            GaussianMixtureModel moved = Begun(typeName, strategy).Fit(SyntheticData.Map(X, (value, _) => scale * (value + shift)));

            for (int c = 0; c < 3; c++)
            {
                moved.Weights[c].Should().BeApproximately(model.Weights[c], 1e-6, $"scale {scale}, shift {shift}");
                for (int j = 0; j < 3; j++)
                    ((moved.Means[c, j] / scale) - shift).Should().BeApproximately(model.Means[c, j], 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Fit_WithAnyNumberOfThreads_HasTheSameBits(string typeName, string strategy)
    {
        GaussianMixture estimator = Begun(typeName, strategy) with { Restarts = 8 };
        GaussianMixtureModel one = (estimator with { MaxDegreeOfParallelism = 1 }).Fit(X);

        foreach (int threads in new[] { 2, 8 })
            (estimator with { MaxDegreeOfParallelism = threads }).Fit(X).ShouldHaveTheBitsOf(one, X, $"{threads} threads");
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Fit_OfHostileDataFromAnyStart_GivesAUsableModel(string typeName, string data)
    {
        HostileData hostile = HostileData.Named(data);
        foreach (Initialization start in Starts.All)
        {
            GaussianMixtureModel model = new GaussianMixture(hostile.Components)
            {
                CovarianceType = CovarianceType.Parse(typeName),
                Initialization = start,
            }.Fit(hostile.X);

            model.ShouldBeUsableFor(hostile.X);
            model.Report!.ShouldNeverFall();
        }
    }

    /// <summary>Two iterations: then a fit still shows where it began.</summary>
    private static GaussianMixture Begun(string typeName, string strategy) => new(3)
    {
        CovarianceType = CovarianceType.Parse(typeName),
        Initialization = Starts.Named(strategy),
        MaxIterations = 2,
        Tolerance = 0,
    };
}
