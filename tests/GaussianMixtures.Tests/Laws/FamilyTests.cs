using FluentAssertions;
using GaussianMixtures.Scoring;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Whatever happens to a fit, its covariances stay of the family it was asked for, and above the floor.</summary>
public class FamilyTests
{
    public static TheoryData<string> Types => Families.All;

    public static TheoryData<string, double> TypesAndFloors => Families.With(1e-6, 1e-3, 0.05);

    [Theory]
    [MemberData(nameof(TypesAndFloors))]
    public void Fit_HeldByTheFloor_IsOfTheFamilyAndAboveIt(string typeName, double share)
    {
        // Too many components for so few rows: some of them are flat, or points.
        double[,] x = SyntheticData.CorrelatedClouds(60, 4, 3, seed: 61);
        var estimator = new GaussianMixture(6) { CovarianceType = CovarianceType.Parse(typeName), VarianceFloor = share };

        GaussianMixtureModel model = estimator.Fit(x);

        ShouldBeOfItsFamily(model);
        model.Report!.ShouldNeverFall();
        Matrix<double> inverseDeviations = Matrix<double>.Build.DenseOfDiagonalArray(
            [.. Enumerable.Range(0, 4).Select(column => 1 / Math.Sqrt(Exact.Covariance(x, column, column)))]);
        foreach (Matrix<double> covariance in model.Covariances)
        {
            Matrix<double> standardized = inverseDeviations * covariance * inverseDeviations;
            standardized.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real).Should().BeGreaterThanOrEqualTo(share * (1 - 1e-6));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_WithRidge_IsOfTheFamilyAndNowhereBelowIt(string typeName)
    {
        double[,] x = SyntheticData.CorrelatedClouds(60, 4, 3, seed: 62);

        GaussianMixtureModel model =
            new GaussianMixture(5) { CovarianceType = CovarianceType.Parse(typeName), VarianceFloor = 0, Ridge = 0.1 }.Fit(x);

        ShouldBeOfItsFamily(model);
        foreach (Matrix<double> covariance in model.Covariances)
            covariance.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real).Should().BeGreaterThanOrEqualTo(0.1 * (1 - 1e-6));
    }

    /// <summary>Few rows and many components: scatters are singular, and where common axes are searched from decides which ones are found.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_OfFewRowsWithRidge_SettlesNowhereBelowIt(string typeName)
    {
        foreach (int seed in new[] { 47, 145, 199 })
        {
            GaussianMixture estimator = new(5)
            {
                CovarianceType = CovarianceType.Parse(typeName),
                VarianceFloor = 0,
                Ridge = 0.1,
                Initialization = Initialization.RandomResponsibilities,
                MaxIterations = 30,
            };

            GaussianMixtureModel model = estimator.Fit(SyntheticData.Normal(new Random(seed), 12, 5, 1));

            double least = model.Covariances.Min(covariance => covariance.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real));
            least.Should().BeGreaterThanOrEqualTo(0.1 * (1 - 1e-6), $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_Accelerated_IsOfTheFamilyAndNeverFalls(string typeName)
    {
        foreach (Acceleration acceleration in new[] { Acceleration.Anderson, Acceleration.Squarem })
        {
            GaussianMixture estimator = new(5) { CovarianceType = CovarianceType.Parse(typeName), Acceleration = acceleration };

            GaussianMixtureModel model = estimator.Fit(ReferenceData.Thyroid);

            ShouldBeOfItsFamily(model);
            model.Report!.ShouldNeverFall();
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_FromAModelBelowTheFloor_IsOfTheFamily(string typeName)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        double[,] x = SyntheticData.CorrelatedClouds(80, 3, 2, seed: 63);
        GaussianMixtureModel tight = new GaussianMixture(4) { CovarianceType = type, VarianceFloor = 1e-9 }.Fit(x);

        GaussianMixtureModel model = new GaussianMixture(4)
        {
            CovarianceType = type,
            Initialization = Initialization.FromModel(tight),
            VarianceFloor = 0.1,
        }.Fit(x);

        ShouldBeOfItsFamily(model);
        model.Report!.ShouldNeverFall();
    }

    [Fact]
    public void Fit_OfAFamilyThatEstimatesBadly_NeverFalls()
    {
        var estimator = new GaussianMixture(3) { CovarianceType = new Erratic(), MaxIterations = 60, Tolerance = 0 };

        estimator.Fit(ReferenceData.Iris).Report!.ShouldNeverFall();
    }

    /// <summary>Spheres whose variances are wrong by up to a half, each time otherwise.</summary>
    private sealed class Erratic : CovarianceType
    {
        public override string Name => "Erratic";

        public override ScatterShape ScatterShape => ScatterShape.Trace;

        public override int CovarianceParameterCount(int components, int dimension) => components;

        public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters) =>
        [
            .. Enumerable.Range(0, scatters.Components).Select(j =>
            {
                double variance = scatters.Scatter(j)[0] / scatters.Weight(j) / scatters.Dimension;
                return Covariance.Spherical(scatters.Dimension, variance * (1 + (0.5 * Math.Sin(1e6 * Math.Log(variance)))));
            }),
        ];
    }

    private static void ShouldBeOfItsFamily(GaussianMixtureModel model) =>
        new FamilyMembership(model.CovarianceType, model.Parameters.Covariances).FirstStranger().Should().BeNull();
}
