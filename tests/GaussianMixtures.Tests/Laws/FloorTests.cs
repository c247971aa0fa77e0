using FluentAssertions;
using GaussianMixtures.Scoring;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>
/// The floor where components depend on one another and the data give them next to nothing: single rows, fewer rows than columns, columns
/// that are sums, and floors and ridges that rounding swallows.
/// </summary>
public class FloorTests
{
    private const double Floor = 1e-6;

    public static TheoryData<string> Types => Families.All;

    public static TheoryData<string, int, int, int> Wide
    {
        get
        {
            TheoryData<string, int, int, int> data = [];
            foreach (CovarianceType type in CovarianceType.All)
            {
                foreach ((int n, int d, int k) in new[] { (2, 5, 1), (10, 14, 4), (3, 16, 3), (6, 13, 2), (7, 23, 2), (4, 4, 3) })
                    data.Add(type.Name, n, d, k);
            }

            return data;
        }
    }

    /// <summary>The families that are VVV where there is one component.</summary>
    public static TheoryData<string> FullWhenAlone => [.. CovarianceType.All.Where(type => type.Name[2] != 'I').Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithComponentsOfOneRow_IsOfTheFamilyAndAboveTheFloor(string typeName)
    {
        foreach ((int n, int d, int k, int seed) in new[] { (48, 4, 7, 5), (48, 4, 7, 12), (48, 4, 4, 6), (47, 6, 5, 20) })
        {
            // Thirds, so that the scatter of a single row is rounding and not zero.
            double[,] x = SyntheticData.Map(
                SyntheticData.CorrelatedClouds(n, d, 3, seed), (value, column) => (value + (100 * column)) / 3);

            ShouldBeHeld(Estimator(typeName, k).Fit(x), x, Floor);
        }
    }

    /// <summary>An ellipsoid may always be a sphere: spheres above the floor are no reason to begin lower.</summary>
    [Theory]
    [InlineData("EVE")]
    [InlineData("VVE")]
    [InlineData("EEV")]
    [InlineData("VEV")]
    [InlineData("EVV")]
    public void Fit_FromSmallGroups_DoesNotBeginBelowSpheres(string typeName)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            double[,] x = SyntheticData.CorrelatedClouds(47, 6, 4, seed);
            int[] labels = [.. Enumerable.Range(0, 47).Select(i => i < 11 ? 0 : i < 27 ? 1 : i < 41 ? 2 : 3)];
            GaussianMixture estimator = Estimator(typeName, 4) with { Initialization = Initialization.FromLabels(labels) };

            double spheres = (estimator with { CovarianceType = CovarianceType.EII }).Fit(x).Report!.LogLikelihoodTrace[0];

            estimator.Fit(x).Report!.LogLikelihoodTrace[0].Should().BeGreaterThan(spheres, $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Wide))]
    public void Fit_OfFewRowsInManyColumns_IsOfTheFamilyAndAboveTheFloor(string typeName, int n, int d, int k)
    {
        foreach (int seed in new[] { 1, 2 })
        {
            double[,] x = SyntheticData.Normal(new Random(seed), n, d, 1);
            foreach (double floor in new[] { Floor, 1e-3 })
                ShouldBeHeld((Estimator(typeName, k) with { VarianceFloor = floor }).Fit(x), x, floor);
        }
    }

    /// <summary>From random rows, one volume comes down step by step, until a component's scatter is not even rounding.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_OfFewRowsFromRandomOnes_IsOfTheFamilyAndAboveTheFloor(string typeName)
    {
        foreach ((int n, int d, int k, int seed) in new[] { (4, 2, 3, 382), (6, 4, 5, 70), (6, 4, 5, 214) })
        {
            double[,] x = SyntheticData.Normal(new Random(seed), n, d, 1);

            ShouldBeHeld((Estimator(typeName, k) with { Initialization = Initialization.RandomPoints }).Fit(x), x, Floor);
        }
    }

    [Theory]
    [MemberData(nameof(FullWhenAlone))]
    public void Fit_OfOneComponent_IsFullAlsoWhereTheFloorHolds(string typeName)
    {
        double[,] two = SyntheticData.Normal(new Random(5), 2, 5, 1);
        foreach (double[,] x in new[] { two, SyntheticData.Take(two, [.. Enumerable.Range(0, 29).Select(i => i % 2)]) })
        {
            double full = Estimator("VVV", 1).Fit(x).Report!.LogLikelihood;

            Estimator(typeName, 1).Fit(x).Report!.LogLikelihood.Should().BeApproximately(full, 1e-5 * Math.Abs(full));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithAFloorBelowRounding_GivesAUsableModel(string typeName)
    {
        double[,] x = WithSum(1);

        GaussianMixtureModel model = (Estimator(typeName, 2) with { VarianceFloor = 1e-18 }).Fit(x);

        model.ShouldBeUsableFor(x);
        model.Report!.ShouldNeverFall();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithARidgeBelowRounding_IsAsWithoutIt(string typeName)
    {
        foreach ((double size, double ridge) in new[] { (1, 1e-16), (1e5, 1e-6), (1e12, 1e-4) })
        {
            double[,] x = WithSum(size);
            GaussianMixture estimator = Estimator(typeName, 2);

            double without = estimator.Fit(x).Report!.LogLikelihood;

            GaussianMixtureModel model = (estimator with { Ridge = ridge }).Fit(x);
            ShouldBeHeld(model, x, Floor);
            model.Report!.LogLikelihood.Should().BeApproximately(without, 1e-4 * Math.Abs(without));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithARidgeAndAFarOutlier_GivesAUsableModel(string typeName)
    {
        double[,] x = WithSum(1);
        x[7, 0] = x[7, 2] = 1e12;
        foreach (int k in new[] { 1, 2 })
            (Estimator(typeName, k) with { Ridge = 1e-3 }).Fit(x).ShouldBeUsableFor(x);
    }

    private static GaussianMixture Estimator(string typeName, int k) => new(k)
    {
        CovarianceType = CovarianceType.Parse(typeName),
        VarianceFloor = Floor,
    };

    /// <summary>Two strips, and a third column that is the sum of the others.</summary>
    private static double[,] WithSum(double size)
    {
        var random = new Random(1);
        var x = new double[40, 3];
        for (int i = 0; i < 40; i++)
        {
            x[i, 0] = size * (random.NextDouble() + (i % 2 * 5));
            x[i, 1] = size * random.NextDouble();
            x[i, 2] = x[i, 0] + x[i, 1];
        }

        return x;
    }

    private static void ShouldBeHeld(GaussianMixtureModel model, double[,] x, double floor)
    {
        model.ShouldBeUsableFor(x);
        model.Report!.ShouldNeverFall();
        new FamilyMembership(model.CovarianceType, model.Parameters.Covariances).FirstStranger().Should().BeNull();
        Matrix<double> inverseDeviations = Matrix<double>.Build.DenseOfDiagonalArray(
            [.. Enumerable.Range(0, model.Dimension).Select(column => 1 / Math.Sqrt(Exact.Covariance(x, column, column)))]);
        foreach (Matrix<double> covariance in model.Covariances)
        {
            Matrix<double> standardized = inverseDeviations * covariance * inverseDeviations;
            standardized.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real).Should().BeGreaterThanOrEqualTo(floor * (1 - 1e-6));
        }
    }
}
