using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>With default settings the log-likelihood never falls, on any data.</summary>
public class MonotoneTests
{
    public static TheoryData<string, string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, int>();
            foreach (CovarianceType type in CovarianceType.All)
                foreach (string data in ReferenceData.Names.Concat(["clouds", "one cloud in many", "heavy tails", "wide"]))
                    foreach (int k in new[] { 1, 2, 3, 5, 8 })
                        cases.Add(type.Name, data, k);
            return cases;
        }
    }

    public static TheoryData<string, string> Hostile => HostileData.ByFamily;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_ByDefault_NeverLosesLikelihood(string typeName, string data, int k)
    {
        var estimator = new GaussianMixture(k) { CovarianceType = CovarianceType.Parse(typeName) };

        FitReport report = estimator.Fit(DataOf(data)).Report!;

        report.ShouldNeverFall();
        report.LogLikelihoodTrace.Should().HaveCount(report.Iterations);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Fit_OfHostileData_NeverLosesLikelihood(string typeName, string data)
    {
        HostileData hostile = HostileData.Named(data);
        var estimator = new GaussianMixture(hostile.Components) { CovarianceType = CovarianceType.Parse(typeName) };

        estimator.Fit(hostile.X).Report!.ShouldNeverFall();
    }

    /// <summary>Two clouds in a plane but for 1e-5 of it, and nothing to hold them up: what an M-step finds there is mostly rounding.</summary>
    [Theory]
    [MemberData(nameof(Families.All), MemberType = typeof(Families))]
    public void Fit_OfNearlySingularClouds_NeverLosesLikelihood(string typeName)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            Random random = new(seed);
            double[,] x = new double[150, 3];
            for (int row = 0; row < 150; row++)
            {
                x[row, 0] = (2 * (row % 2)) + SyntheticData.Normal(random);
                x[row, 1] = (row % 2 * 0.5 * x[row, 0]) + ((1 - (0.5 * (row % 2))) * SyntheticData.Normal(random));
                x[row, 2] = x[row, 0] + (1e-5 * SyntheticData.Normal(random));
            }

            foreach (Acceleration acceleration in new[] { Acceleration.None, Acceleration.Anderson, Acceleration.Squarem })
            {
                GaussianMixture estimator = new(2)
                {
                    CovarianceType = CovarianceType.Parse(typeName),
                    Acceleration = acceleration,
                    VarianceFloor = 1e-12,
                };

                estimator.Fit(x).Report!.ShouldNeverFall();
            }
        }
    }

    private static double[,] DataOf(string name) => name switch
    {
        "clouds" => SyntheticData.CorrelatedClouds(700, 4, 4, seed: 21, separation: 3),
        "one cloud in many" => SyntheticData.Clouds(300, 3, 1, seed: 22),
        "heavy tails" => SyntheticData.Map(SyntheticData.Clouds(400, 2, 2, seed: 23), (value, _) => value * value * value),
        "wide" => SyntheticData.CorrelatedClouds(90, 20, 3, seed: 24),
        _ => ReferenceData.Load(name),
    };
}
