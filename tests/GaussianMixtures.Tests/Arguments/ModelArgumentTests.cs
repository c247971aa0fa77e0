using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>A model cannot be made of parameters that are no mixture.</summary>
public class ModelArgumentTests
{
    private static readonly Vector<double> Weights = Vector<double>.Build.DenseOfArray([0.25, 0.75]);

    private static readonly Matrix<double> Means = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } });

    private static readonly Matrix<double>[] Covariances =
        [Matrix<double>.Build.DenseIdentity(3), Matrix<double>.Build.DenseIdentity(3) * 2];

    [Fact]
    public void FromParameters_OfAMixture_HoldsThem()
    {
        GaussianMixtureModel model = FromParameters(Weights, Means, Covariances);

        model.Components.Should().Be(2);
        model.Dimension.Should().Be(3);
        model.CovarianceType.Should().BeSameAs(CovarianceType.Full);
        model.ShouldEqual([0.25, 0.75], Means.ToArray(), [.. Covariances.Select(c => c.ToArray())], 1e-15);
    }

    [Fact]
    public void FromParameters_WithNull_IsRefused()
    {
        Refuses<ArgumentNullException>("weights", () => FromParameters(null!, Means, Covariances));
        Refuses<ArgumentNullException>("means", () => FromParameters(Weights, null!, Covariances));
        Refuses<ArgumentNullException>("covariances", () => FromParameters(Weights, Means, null!));
        Refuses<ArgumentException>("covariances", () => FromParameters(Weights, Means, [Covariances[0], null!]), "1");
    }

    [Theory]
    [InlineData(-0.25, 1.25, "-0.25")]
    [InlineData(double.NaN, 1, "NaN")]
    [InlineData(double.PositiveInfinity, 0, "Infinity")]
    [InlineData(0.25, 0.7, "0.95")]
    [InlineData(0, 0, "0")]
    public void FromParameters_WithWeightsThatAreNoShares_IsRefused(double first, double second, string text) =>
        Refuses<ArgumentException>(
            "weights",
            () => FromParameters(Vector<double>.Build.DenseOfArray([first, second]), Means, Covariances),
            text);

    [Fact]
    public void FromParameters_WithShapesThatDoNotFit_IsRefused()
    {
        var three = Vector<double>.Build.DenseOfArray([0.25, 0.25, 0.5]);
        Matrix<double> wide = Matrix<double>.Build.DenseIdentity(4);
        Matrix<double> oblong = Matrix<double>.Build.Dense(3, 2, 1);

        Refuses<ArgumentException>("means", () => FromParameters(three, Means, Covariances), "2", "3");
        Refuses<ArgumentException>("covariances", () => FromParameters(Weights, Means, [Covariances[0]]), "1", "2");
        Refuses<ArgumentException>("covariances", () => FromParameters(Weights, Means, [wide, wide]), "4", "3");
        Refuses<ArgumentException>("covariances", () => FromParameters(Weights, Means, [oblong, oblong]), "2", "3");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void FromParameters_WithAMeanThatIsNone_IsRefused(double value)
    {
        Matrix<double> means = Means.Clone();
        means[1, 2] = value;

        Refuses<ArgumentException>("means", () => FromParameters(Weights, means, Covariances));
    }

    [Theory]
    [InlineData(0, 0, -1)]
    [InlineData(2, 2, 0)]
    [InlineData(1, 1, double.NaN)]
    [InlineData(0, 1, 0.5)]
    [InlineData(1, 0, double.PositiveInfinity)]
    public void FromParameters_WithACovarianceThatIsNone_NamesTheComponent(int row, int column, double value)
    {
        Matrix<double> covariance = Covariances[1].Clone();
        covariance[row, column] = value;

        Refuses<ArgumentException>(
            "covariances", () => FromParameters(Weights, Means, [Covariances[0], covariance]), "1");
    }

    [Fact]
    public void FromParameters_WithAnIndefiniteCovariance_IsRefused()
    {
        Matrix<double> covariance = Covariances[1].Clone();
        covariance[0, 1] = covariance[1, 0] = 5;

        Refuses<ArgumentException>(
            "covariances", () => FromParameters(Weights, Means, [Covariances[0], covariance]), "positive definite");
    }

    [Theory]
    [InlineData("VVI")]
    [InlineData("VII")]
    public void FromParameters_WithCorrelationsTheTypeHasNot_IsRefused(string typeName)
    {
        Matrix<double> covariance = Covariances[1].Clone();
        covariance[0, 1] = covariance[1, 0] = 0.5;

        Refuses<ArgumentException>(
            "covariances",
            () => FromParameters(Weights, Means, [Covariances[0], covariance], CovarianceType.Parse(typeName)));
    }

    [Fact]
    public void Parse_OfEveryName_GivesTheOneInstance()
    {
        foreach (CovarianceType type in CovarianceType.All)
            CovarianceType.Parse(type.Name).Should().BeSameAs(type);
        CovarianceType.Parse("full").Should().BeSameAs(CovarianceType.Full, "case does not matter");
        CovarianceType.Parse("Full").Should().BeSameAs(CovarianceType.VVV);
        CovarianceType.Parse("Tied").Should().BeSameAs(CovarianceType.EEE);
        CovarianceType.Parse("Diagonal").Should().BeSameAs(CovarianceType.VVI);
        CovarianceType.Parse("Spherical").Should().BeSameAs(CovarianceType.VII);
        CovarianceType.Parse("VVV").Should().BeSameAs(CovarianceType.Full);
        CovarianceType.Parse("EEE").Should().BeSameAs(CovarianceType.Tied);
        CovarianceType.Parse("VVI").Should().BeSameAs(CovarianceType.Diagonal);
        CovarianceType.Parse("VII").Should().BeSameAs(CovarianceType.Spherical);
    }

    [Fact]
    public void Parse_OfAnUnknownName_SaysWhichThereAre()
    {
        Action parse = () => CovarianceType.Parse("banana");
        Action nothing = () => CovarianceType.Parse(null!);

        parse.ShouldRefuse<ArgumentException>("name", "banana").AndHints("Full", "VVV");
        nothing.Should().Throw<ArgumentNullException>();
    }

    [Theory]
    [InlineData("VVV", 3, 4, 44)]
    [InlineData("EEE", 3, 4, 24)]
    [InlineData("VVI", 3, 4, 26)]
    [InlineData("VII", 3, 4, 17)]
    [InlineData("VVV", 1, 1, 2)]
    [InlineData("VII", 2, 1000, 2003)]
    public void ParameterCount_OfAType_IsMclusts(string typeName, int components, int dimension, int expected) =>
        CovarianceType.Parse(typeName).ParameterCount(components, dimension).Should().Be(expected);

    private static GaussianMixtureModel FromParameters(
        Vector<double> weights, Matrix<double> means, Matrix<double>[] covariances, CovarianceType? type = null) =>
        GaussianMixtureModel.FromParameters(weights, means, covariances, type);

    private static void Refuses<TException>(string argument, Action act, params string[] words)
        where TException : ArgumentException =>
        act.ShouldRefuse<TException>(argument, words).Which.ParamName.Should().Be(argument);
}
