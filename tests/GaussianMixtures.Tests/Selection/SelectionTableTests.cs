using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>The table a person reads.</summary>
public class SelectionTableTests
{
    [Fact]
    public void Table_HasARowPerKAndAColumnPerType_AndMarks()
    {
        ModelSelectionResult result = new ModelSelection
        {
            Components = [1, 2, 10],
            CovarianceTypes = [CovarianceType.Full, CovarianceType.Spherical],
            Criterion = new Invented(),
        }.Fit(ReferenceData.Faithful);

        result.ToString().Should().Be(string.Join('\n',
            "Invented, lower is better: VII with 2 components",
            " k       VVV        VII",
            " 1      1.50       1.25",
            " 2  12345.68     -10.00*",
            "10         -        inf",
            "* best  - failed"));
    }

    [Fact]
    public void Table_OfSmallValues_ShowsDigitsEnough()
    {
        ModelSelectionResult result = new ModelSelection
        {
            Components = [1, 2],
            CovarianceTypes = [CovarianceType.Full],
            Criterion = Criterion.CrossValidation(3),
        }.Fit(ReferenceData.Faithful);

        result.ToString().Should().MatchRegex(@"1  4\.7\d{4}");
    }

    [Fact]
    public void Table_WiderThanAPage_GoesOnBelow()
    {
        CovarianceType[] types = [.. Enumerable.Range(0, 12).Select(i => new Named($"Type{i:D2}"))];

        string[] lines = new ModelSelection { Components = [1, 2], CovarianceTypes = types }.Fit(ReferenceData.Faithful).ToString().Split('\n');

        lines.Should().OnlyContain(line => line.Length <= 100);
        lines.Where(line => line.StartsWith("k ", StringComparison.Ordinal)).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            .Should().Equal(types.Select(type => type.Name));
    }

    [Fact]
    public void Table_WithADegenerateFit_SaysSo()
    {
        double[][] x = [.. Enumerable.Range(0, 30).Select(i => new double[] { i, 7 })];

        string table = new ModelSelection { Components = [1, 2], CovarianceTypes = [CovarianceType.Full] }.Fit(x).ToString();

        table.Should().Contain("!").And.Contain("! held at the variance floor");
    }

    private sealed class Invented : Criterion
    {
        public override string Name => "Invented";

        protected internal override double Evaluate(CriterionContext context) => (context.Model.Components, context.Model.CovarianceType.Name) switch
        {
            (1, "VVV") => 1.5,
            (1, _) => 1.25,
            (2, "VVV") => 12345.678,
            (2, _) => -10,
            (_, "VVV") => throw new NotSupportedException("ten"),
            _ => double.PositiveInfinity,
        };
    }

    /// <summary>Full covariances under a name of one's own.</summary>
    private sealed class Named(string name) : CovarianceType
    {
        public override string Name => name;

        public override ScatterShape ScatterShape => CovarianceType.Full.ScatterShape;

        public override int CovarianceParameterCount(int components, int dimension) =>
            CovarianceType.Full.CovarianceParameterCount(components, dimension);

        public override IReadOnlyList<Covariance> Estimate(ComponentScatters scatters) => CovarianceType.Full.Estimate(scatters);
    }
}
