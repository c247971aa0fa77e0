using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>A start that does not fit the data is refused with both sizes.</summary>
public class InitializationArgumentTests
{
    private static readonly double[,] X = ReferenceData.Faithful;

    [Fact]
    public void Start_Null_IsRefused()
    {
        Action model = () => Initialization.FromModel(null!);
        Action labels = () => Initialization.FromLabels(null!);
        Action responsibilities = () => Initialization.FromResponsibilities(null!);

        model.ShouldRefuse<ArgumentNullException>("model");
        labels.ShouldRefuse<ArgumentNullException>("labels");
        responsibilities.ShouldRefuse<ArgumentNullException>("responsibilities");
    }

    [Fact]
    public void FromLabels_OfTheWrongLength_SaysBothNumbers() =>
        Fit(2, () => Initialization.FromLabels(new int[271])).ShouldRefuse<ArgumentException>("labels", "271", "272");

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void FromLabels_WithALabelThatIsNoComponent_NamesItsRow(int label)
    {
        int[] labels = [.. Enumerable.Range(0, 272).Select(i => i % 2)];
        labels[200] = label;

        Fit(2, () => Initialization.FromLabels(labels)).ShouldRefuse<ArgumentException>("label", $"{label}", "200");
    }

    [Fact]
    public void FromResponsibilities_OfTheWrongShape_SaysBothShapes()
    {
        var tooFewRows = Matrix<double>.Build.Dense(271, 2, 0.5);
        var tooManyColumns = Matrix<double>.Build.Dense(272, 3, 1.0 / 3);

        Fit(2, () => Initialization.FromResponsibilities(tooFewRows))
            .ShouldRefuse<ArgumentException>("responsibilities", "271", "272");
        Fit(2, () => Initialization.FromResponsibilities(tooManyColumns))
            .ShouldRefuse<ArgumentException>("responsibilities", "3", "2");
    }

    [Theory]
    [InlineData(-0.5, "-0.5")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void FromResponsibilities_WithAShareThatIsNone_NamesRowAndColumn(double share, string text)
    {
        var responsibilities = Matrix<double>.Build.Dense(272, 2, 0.5);
        responsibilities[123, 1] = share;

        Fit(2, () => Initialization.FromResponsibilities(responsibilities)).ShouldRefuseAt("responsibilities", 123, 1, text);
    }

    [Fact]
    public void FromModel_OfAnotherSize_SaysBothNumbers()
    {
        GaussianMixtureModel three = PlainEm.StartFrom(X, 3).ToModel(CovarianceType.Full);
        GaussianMixtureModel wide = PlainEm.StartFrom(ReferenceData.Iris, 2).ToModel(CovarianceType.Full);

        Fit(2, () => Initialization.FromModel(three)).ShouldRefuse<ArgumentException>("model", "3", "2");
        Fit(2, () => Initialization.FromModel(wide)).ShouldRefuse<ArgumentException>("model", "4", "2");
    }

    private static Action Fit(int components, Func<Initialization> start) =>
        () => new GaussianMixture(components) { Initialization = start() }.Fit(X);
}
