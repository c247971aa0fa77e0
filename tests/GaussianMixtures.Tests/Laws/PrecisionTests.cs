using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Numbers where naive formulas lose all digits, against arithmetic without rounding.</summary>
public class PrecisionTests
{
    public static TheoryData<string> Types => Families.All;

    public static TheoryData<string> TypesOfTheOracle => Families.InPlainEm;

    public static TheoryData<string, double> TypesAndDistances => Families.With(1e4, 1e8, -1e8);

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_OfUnixTimes_HasTheRightVariance(string typeName)
    {
        double[,] x = UnixTimes(2000);
        double[] exact = [Exact.Covariance(x, 0, 0), Exact.Covariance(x, 1, 1)];

        GaussianMixtureModel model = new GaussianMixture(1) { CovarianceType = CovarianceType.Parse(typeName) }.Fit(x);

        // Every family keeps the total variance of one component, however it spreads it.
        model.Covariances[0].Trace().Should().BeApproximately(exact.Sum(), 1e-9 * exact.Sum());
    }

    [Theory]
    [InlineData("VVV")]
    [InlineData("EEE")]
    [InlineData("VVI")]
    public void Fit_OfUnixTimes_HasTheRightVarianceOfEachColumn(string typeName)
    {
        double[,] x = UnixTimes(2000);

        var estimator = new GaussianMixture(1) { CovarianceType = CovarianceType.Parse(typeName) };

        Matrix<double> covariance = estimator.Fit(x).Covariances[0];

        for (int j = 0; j < 2; j++)
            covariance[j, j].Should().BeApproximately(Exact.Covariance(x, j, j), 1e-9 * Exact.Covariance(x, j, j));
        double across = typeName == "VVI" ? 0 : Exact.Covariance(x, 0, 1);
        covariance[0, 1].Should().BeApproximately(across, 1e-9 * Math.Sqrt(covariance[0, 0] * covariance[1, 1]));
    }

    [Theory]
    [MemberData(nameof(TypesOfTheOracle))]
    public void Fit_OfUnixTimesInTwo_HasTheRightVariances(string typeName)
    {
        // Two hours of one day, five hours apart: the shares are 0 and 1 and the variances those of the hours.
        CovarianceType type = CovarianceType.Parse(typeName);
        double[,] x = UnixTimes(1000);
        for (int i = 600; i < 1000; i++)
            x[i, 0] += 6 * 3600;
        int[][] hours = [[.. Enumerable.Range(0, 600)], [.. Enumerable.Range(600, 400)]];
        double[] time = [.. hours.Select(rows => Exact.Covariance(SyntheticData.Take(x, rows), 0, 0))];
        double[] other = [.. hours.Select(rows => Exact.Covariance(SyntheticData.Take(x, rows), 1, 1))];
        double[] expected = type == CovarianceType.Tied
            ? [(0.6 * time[0]) + (0.4 * time[1]), (0.6 * time[0]) + (0.4 * time[1])]
            : type == CovarianceType.Spherical ? [(time[0] + other[0]) / 2, (time[1] + other[1]) / 2] : time;

        GaussianMixtureModel model = new GaussianMixture(2) { CovarianceType = type, Restarts = 3 }.Fit(x);

        model.Weights.Should().Equal([0.6, 0.4], (actual, share) => Math.Abs(actual - share) < 1e-9);
        for (int c = 0; c < 2; c++)
            model.Covariances[c][0, 0].Should().BeApproximately(expected[c], 1e-8 * expected[c]);
    }

    [Theory]
    [MemberData(nameof(TypesAndDistances))]
    public void Scores_OfAPointFarOut_AreFinite(string typeName, double distance)
    {
        double[,] x = SyntheticData.CorrelatedClouds(300, 3, 3, seed: 52);
        GaussianMixtureModel model = new GaussianMixture(3) { CovarianceType = CovarianceType.Parse(typeName) }.Fit(x);
        double[,] far = { { distance, distance, distance }, { 0, distance, 0 }, { -distance, 0, 1 } };

        Matrix<double> responsibilities = model.PredictProba(far);
        Vector<double> scores = model.ScoreSamples(far);

        responsibilities.Enumerate().Should().OnlyContain(share => double.IsFinite(share));
        responsibilities.ShouldHaveRowsThatSumToOne();
        double[] expected = Oracle.LogDensities(Oracle.WeightedLogDensities(model, far));
        var single = new double[3];
        for (int i = 0; i < 3; i++)
        {
            scores[i].Should().BeNegative().And.BeApproximately(expected[i], 1e-9 * Math.Abs(expected[i]));
            model.PredictProba(SyntheticData.Row(far, i), single);
            single.Sum().Should().BeApproximately(1, 1e-12);
            model.ScoreSamples(SyntheticData.Row(far, i)).Should().BeApproximately(expected[i], 1e-9 * Math.Abs(expected[i]));
        }
    }

    [Theory]
    [InlineData("VVV", 2)]
    [InlineData("VVV", 3)]
    [InlineData("EEE", 2)]
    [InlineData("EEE", 3)]
    public void Scores_OfAnIllConditionedCovariance_AreExact(string typeName, int d)
    {
        double[,] covariance = OfCondition1e9(d);
        double[] mean = [.. Enumerable.Range(1, d).Select(j => 0.3 * j)];
        double[,] x = SyntheticData.Map(SyntheticData.Clouds(20, d, 1, seed: 53, separation: 0), (value, _) => value);
        var model = GaussianMixtureModel.FromParameters(
            Vector<double>.Build.Dense(1, 1),
            Matrix<double>.Build.DenseOfRowArrays(mean),
            [Matrix<double>.Build.DenseOfArray(covariance)],
            CovarianceType.Parse(typeName));

        Vector<double> scores = model.ScoreSamples(x);

        // A factor of a matrix of condition 1e9 is good to about 1e9 x 1e-16.
        for (int i = 0; i < 20; i++)
        {
            double exact = Exact.LogDensity(mean, covariance, SyntheticData.Row(x, i));
            scores[i].Should().BeApproximately(exact, 1e-6 * Math.Max(1, Math.Abs(exact)));
            model.ScoreSamples(SyntheticData.Row(x, i)).Should().BeApproximately(exact, 1e-6 * Math.Max(1, Math.Abs(exact)));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_OfIllConditionedData_ScoresByItsOwnParametersExactly(string typeName)
    {
        double[,] x = SyntheticData.Clouds(200, 3, 1, seed: 54);
        for (int i = 0; i < 200; i++)
            x[i, 2] = x[i, 0] - x[i, 1] + (3e-5 * x[i, 2]);

        GaussianMixtureModel model =
            new GaussianMixture(1) { CovarianceType = CovarianceType.Parse(typeName), VarianceFloor = 0 }.Fit(x);

        double[] mean = [.. model.Means.Row(0)];
        double[,] covariance = model.Covariances[0].ToArray();
        for (int i = 0; i < 20; i++)
        {
            double exact = Exact.LogDensity(mean, covariance, SyntheticData.Row(x, i));
            model.ScoreSamples(SyntheticData.Row(x, i)).Should().BeApproximately(exact, 1e-5 * Math.Max(1, Math.Abs(exact)));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_In500Columns_KeepsItsLogDeterminant(string typeName)
    {
        // The determinant is 1e-3000: no double holds it, its logarithm is an ordinary number.
        double[,] x = SyntheticData.Map(SyntheticData.Clouds(1100, 500, 1, seed: 55, separation: 0), (value, _) => 1e-3 * value);

        var estimator = new GaussianMixture(1) { CovarianceType = CovarianceType.Parse(typeName), MaxIterations = 3 };

        GaussianMixtureModel model = estimator.Fit(x);

        double[,] some = SyntheticData.Take(x, [0, 500, 1099]);
        double[] expected = Oracle.LogDensities(Oracle.WeightedLogDensities(model, some));
        Vector<double> scores = model.ScoreSamples(some);
        for (int i = 0; i < 3; i++)
            scores[i].Should().BeApproximately(expected[i], 1e-9 * Math.Abs(expected[i])).And.BeGreaterThan(2000);
        model.Covariances[0].Trace().Should().BeInRange(0.95 * 500 * 1e-6, 1.05 * 500 * 1e-6);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Scores_In500Columns_AreThoseOfTheFormula(string typeName)
    {
        const int d = 500;
        const double variance = 1e-6;
        var means = Matrix<double>.Build.Dense(2, d, (c, j) => 1e-3 * c);
        Matrix<double> round = Matrix<double>.Build.DenseDiagonal(d, variance);
        var x = new double[2, d];
        for (int j = 0; j < d; j++)
            x[1, j] = 2e-3;

        var model = GaussianMixtureModel.FromParameters(
            Vector<double>.Build.DenseOfArray([0.5, 0.5]), means, [round, round], CovarianceType.Parse(typeName));

        Vector<double> scores = model.ScoreSamples(x);

        // Row 0 lies in the first mean, row 1 one standard deviation per column from the second.
        double peak = Math.Log(0.5) - (0.5 * d * Math.Log(2 * Math.PI * variance));
        scores[0].Should().BeApproximately(peak, 1e-9 * peak);
        scores[1].Should().BeApproximately(peak - (0.5 * d), 1e-9 * peak);
        model.Predict(x).Should().Equal(0, 1);
    }

    /// <summary>Seconds since 1970 within one hour of November 2023, and a reading that follows them.</summary>
    private static double[,] UnixTimes(int n)
    {
        var random = new Random(51);
        var x = new double[n, 2];
        for (int i = 0; i < n; i++)
        {
            double seconds = SyntheticData.OnGrid(3600 * random.NextDouble());
            x[i, 0] = 1.7e9 + seconds;
            x[i, 1] = SyntheticData.OnGrid(20 + (0.01 * seconds) + (5 * SyntheticData.Normal(random)));
        }

        return x;
    }

    /// <summary>A rotated ellipsoid whose longest axis has 1e9 times the variance of its shortest.</summary>
    private static double[,] OfCondition1e9(int d)
    {
        double[] axes = d == 2 ? [1, 1e-9] : [1, 1e-4, 1e-9];
        Matrix<double> turn = Matrix<double>.Build.DenseOfArray(SyntheticData.Normal(new Random(d), d, d, 1)).QR().Q;
        Matrix<double> product = turn * Matrix<double>.Build.DenseOfDiagonalArray(axes) * turn.Transpose();
        return ((product + product.Transpose()) / 2).ToArray();
    }
}
