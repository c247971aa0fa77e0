using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>Data that has no likelihood maximum still gets a usable model, and the report says what was done.</summary>
public class HostileDataTests
{
    public static TheoryData<string, string> All => HostileData.ByFamily;

    public static TheoryData<string, string> FloorHolds => HostileData.FloorHolds;

    public static TheoryData<string, string> Collapses => HostileData.Collapses;

    public static TheoryData<string> Types => Families.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Fit_OfHostileData_GivesAUsableModel(string typeName, string data)
    {
        HostileData hostile = HostileData.Named(data);

        GaussianMixtureModel model = Estimator(typeName, hostile).Fit(hostile.X);

        model.ShouldBeUsableFor(hostile.X);
        foreach (FitDiagnostic diagnostic in model.Report!.Diagnostics)
        {
            diagnostic.Component.Should().BeInRange(0, model.Components - 1);
            diagnostic.Columns.Should().NotBeEmpty().And.OnlyHaveUniqueItems();
            diagnostic.Columns.Should().OnlyContain(j => j >= 0 && j < model.Dimension);
            diagnostic.Message.Should().NotBeNullOrWhiteSpace();
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Fit_OfHostileDataWithRestarts_GivesAUsableModel(string typeName, string data)
    {
        HostileData hostile = HostileData.Named(data);

        GaussianMixtureModel model = (Estimator(typeName, hostile) with { Restarts = 4 }).Fit(hostile.X);

        model.ShouldBeUsableFor(hostile.X);
    }

    [Theory]
    [MemberData(nameof(FloorHolds))]
    public void Fit_ThatTheFloorHeld_SaysSo(string typeName, string data)
    {
        HostileData hostile = HostileData.Named(data);

        FitReport report = Estimator(typeName, hostile).Fit(hostile.X).Report!;

        report.Diagnostics.Should().NotBeEmpty();
        report.Diagnostics.SelectMany(diagnostic => diagnostic.Columns).Intersect(hostile.Columns).Should().NotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Collapses))]
    public void Fit_WithoutFloor_NamesWhatCollapsed(string typeName, string data)
    {
        HostileData hostile = HostileData.Named(data);
        Action fit = () => (Estimator(typeName, hostile) with { VarianceFloor = 0 }).Fit(hostile.X);

        DegenerateCovarianceException thrown = fit.Should().Throw<DegenerateCovarianceException>().Which;
        thrown.Component.Should().BeInRange(0, hostile.Components - 1);
        thrown.Columns.Should().NotBeEmpty().And.OnlyContain(j => j >= 0 && j < hostile.X.GetLength(1));
        thrown.Columns.Intersect(hostile.Columns).Should().NotBeEmpty();
        thrown.Message.Should().ContainEquivalentOf("component").And.ContainEquivalentOf("column");
        thrown.Message.Should().Contain($"{thrown.Component}").And.Contain($"{thrown.Columns[0]}");
        thrown.Message.Should().Contain("VarianceFloor", "the message says what to do next");
    }

    [Theory]
    [MemberData(nameof(Collapses))]
    public void Fit_WithRidgeInsteadOfFloor_DoesNotThrow(string typeName, string data)
    {
        HostileData hostile = HostileData.Named(data);
        double size = hostile.X.Cast<double>().Max(Math.Abs);
        double ridge = size == 0 ? 1 : 1e-3 * size * size;

        GaussianMixtureModel model = (Estimator(typeName, hostile) with { VarianceFloor = 0, Ridge = ridge }).Fit(hostile.X);

        model.ShouldBeUsableFor(hostile.X);
        foreach (var covariance in model.Covariances)
            covariance.Diagonal().Minimum().Should().BeGreaterThanOrEqualTo(ridge * (1 - 1e-9));
    }

    [Theory]
    [InlineData("EVI")]
    [InlineData("EVV")]
    public void Fit_WhoseVariancesLeaveTheRangeOfADouble_SaysWhere(string typeName)
    {
        // Rows on a line have next to no volume, and the line becomes long to have as much as the cloud. Of data near 1 that is a number.
        double[,] cloud = SyntheticData.Clouds(60, 4, 1, seed: 9);
        double[,] x = SyntheticData.Map(cloud, (value, _) => value);
        for (int row = 0; row < 20; row++)
            for (int column = 1; column < 4; column++)
                x[row, column] = -40;
        double[,] large = SyntheticData.Map(x, (value, _) => Math.ScaleB(value, 500));
        GaussianMixture estimator = new(2)
        {
            CovarianceType = CovarianceType.Parse(typeName),
            Initialization = Initialization.FromLabels([.. Enumerable.Range(0, 60).Select(row => row < 20 ? 0 : 1)]),
        };

        estimator.Fit(x).Covariances[0][0, 0].Should().BeGreaterThan(1e6);
        Action act = () => estimator.Fit(large);

        act.ShouldRefuse<ArgumentException>("x", "component 0", "column 0").AndHints("Multiply");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Fit_OfHealthyData_HasNothingToReport(string typeName)
    {
        // The same clouds without the trouble: what the diagnostics speak of is the data, not the code.
        FitReport report = new GaussianMixture(2) { CovarianceType = CovarianceType.Parse(typeName) }
            .Fit(SyntheticData.Clouds(100, 3, 2, seed: 33)).Report!;

        report.Diagnostics.Should().BeEmpty();
    }

    private static GaussianMixture Estimator(string typeName, HostileData hostile) =>
        new(hostile.Components) { CovarianceType = CovarianceType.Parse(typeName) };
}
