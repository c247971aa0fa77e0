using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Where clusters are far apart and tight, one M-step is already right: nothing is left of what was cancelled.</summary>
public class FarAndTightTests
{
    private const int Rows = 900;

    public static TheoryData<string, double> TypesAndDistances
    {
        get
        {
            TheoryData<string, double> data = [];
            foreach (CovarianceType type in CovarianceType.All)
            {
                foreach (double distance in new[] { 1e2, 1e3, 1e5, 1e7 })
                    data.Add(type.Name, distance);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(TypesAndDistances))]
    public void Fit_OneStepFromAWideStart_HasTheClustersVariances(string typeName, double distance)
    {
        CovarianceType type = CovarianceType.Parse(typeName);
        (double[,] x, double[] variances) = Clusters(distance);
        GaussianMixtureModel start = GaussianMixtureModel.FromParameters(
            Vector<double>.Build.Dense(3, 1.0 / 3),
            Matrix<double>.Build.Dense(3, 1, (j, _) => j * distance),
            [.. Enumerable.Repeat(Matrix<double>.Build.Dense(1, 1, Math.Pow(0.02 * distance, 2)), 3)], type);

        GaussianMixtureModel model = new GaussianMixture(3)
        {
            CovarianceType = type,
            Initialization = Initialization.FromModel(start),
            VarianceFloor = 0,
            Tolerance = 0,
            MaxIterations = 1,
        }.Fit(x);

        double pooled = variances.Average();
        for (int j = 0; j < 3; j++)
        {
            double expected = type.CovarianceParameterCount(3, 1) == 1 ? pooled : variances[j];
            model.Covariances[j][0, 0].Should().BeApproximately(expected, 1e-8 * expected, $"variance of {j}");
        }
    }

    [Theory]
    [InlineData(30)]
    [InlineData(65)]
    [InlineData(120)]
    public void Fit_OfTiedNearlyCollinearColumns_KeepsTheirDifference(double distance)
    {
        (double[,] first, _) = Clusters(distance);
        double[,] x = new double[Rows, 2];
        double[] differences = new double[Rows];
        Random random = new Random(4);
        for (int i = 0; i < Rows; i++)
        {
            x[i, 0] = first[i, 0];
            x[i, 1] = x[i, 0] + (1e-5 * SyntheticData.Normal(random));
            differences[i] = x[i, 1] - x[i, 0];
        }

        Matrix<double> covariance = new GaussianMixture(3)
        {
            CovarianceType = CovarianceType.Tied,
            Initialization = Initialization.FromLabels([.. Enumerable.Range(0, Rows).Select(i => i % 3)]),
            VarianceFloor = 0,
        }.Fit(x).Covariances[0];

        double expected = Enumerable.Range(0, 3).Average(j => Variance([.. differences.Where((_, i) => i % 3 == j)]));
        double actual = covariance[0, 0] + covariance[1, 1] - (2 * covariance[0, 1]);
        // The matrix itself holds the difference to about 1e-16 / 1e-10 only.
        actual.Should().BeApproximately(expected, 2e-5 * expected);
    }

    [Theory]
    [MemberData(nameof(HostileData.ByFamily), MemberType = typeof(HostileData))]
    public void Fit_OfHostileDataAccelerated_GivesAUsableModel(string typeName, string data)
    {
        HostileData hostile = HostileData.Named(data);
        foreach (Acceleration acceleration in new[] { Acceleration.Anderson, Acceleration.Squarem })
        {
            GaussianMixtureModel model = new GaussianMixture(Math.Min(2, hostile.X.GetLength(0)))
            {
                CovarianceType = CovarianceType.Parse(typeName),
                Initialization = Initialization.RandomPoints,
                Acceleration = acceleration,
            }.Fit(hostile.X);

            model.ShouldBeUsableFor(hostile.X);
        }
    }

    /// <summary>Three clusters of unit variance in turn, and the variance of each.</summary>
    private static (double[,] X, double[] Variances) Clusters(double distance)
    {
        Random random = new Random(3);
        double[,] x = new double[Rows, 1];
        double[][] residuals = [new double[Rows / 3], new double[Rows / 3], new double[Rows / 3]];
        for (int i = 0; i < Rows; i++)
        {
            double centre = i % 3 * distance;
            x[i, 0] = centre + SyntheticData.Normal(random);
            residuals[i % 3][i / 3] = x[i, 0] - centre; // exact, or nearly: what rounding did to the data is data
        }

        return (x, Array.ConvertAll(residuals, Variance));
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }
}
