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

    private static double[,] DataOf(string name) => name switch
    {
        "clouds" => SyntheticData.CorrelatedClouds(700, 4, 4, seed: 21, separation: 3),
        "one cloud in many" => SyntheticData.Clouds(300, 3, 1, seed: 22),
        "heavy tails" => SyntheticData.Map(SyntheticData.Clouds(400, 2, 2, seed: 23), (value, _) => value * value * value),
        "wide" => SyntheticData.CorrelatedClouds(90, 20, 3, seed: 24),
        _ => ReferenceData.Load(name),
    };
}
