using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>Fit refuses data it cannot mean, and says where in the data the trouble is.</summary>
public class DataArgumentTests
{
    private static readonly GaussianMixture Estimator = new(2);

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Fit_WithANumberThatIsNone_NamesRowAndColumn(double value, string text)
    {
        var x = (double[,])ReferenceData.Iris.Clone();
        x[137, 2] = value;

        Action table = () => Estimator.Fit(x);
        Action jagged = () => Estimator.Fit(SyntheticData.Jagged(x));
        Action matrix = () => Estimator.Fit(Matrix<double>.Build.DenseOfArray(x));
        Action sparse = () => Estimator.Fit(Matrix<double>.Build.SparseOfArray(x));

        table.ShouldRefuseAt("x", 137, 2, text);
        jagged.ShouldRefuseAt("x", 137, 2, text);
        matrix.ShouldRefuseAt("x", 137, 2, text);
        sparse.ShouldRefuseAt("x", 137, 2, text);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Fit_WithASingleThatIsNone_NamesRowAndColumn(float value)
    {
        float[,] x = { { 1, 2 }, { 3, 5 }, { 4, value }, { 5, 5 } };

        Action fit = () => Estimator.Fit(x);

        fit.ShouldRefuseAt("x", 2, 1);
    }

    [Fact]
    public void Fit_WithNaNFarDownALongColumn_NamesTheFirst()
    {
        double[,] x = SyntheticData.Clouds(30_000, 2, 2, seed: 71);
        x[29_998, 1] = double.NaN;
        x[29_997, 0] = double.NaN;

        Action fit = () => (Estimator with { MaxDegreeOfParallelism = 2 }).Fit(x);

        fit.ShouldRefuseAt("x", 29_997, 0, "NaN");
    }

    [Fact]
    public void Fit_WithFewerRowsThanComponents_SaysBothNumbers()
    {
        Action fit = () => new GaussianMixture(7).Fit(new double[,] { { 1 }, { 2 }, { 3 } });

        fit.ShouldRefuse<ArgumentException>("x", "3", "7").AndHints("components", "rows");
    }

    [Fact]
    public void Fit_WithFewerRowsOfPositiveWeightThanComponents_IsRefused()
    {
        var weights = Vector<double>.Build.DenseOfArray([0, 1, 0, 1]);

        Action fit = () => new GaussianMixture(3).Fit(new double[,] { { 1 }, { 2 }, { 3 }, { 4 } }, weights);

        fit.Should().Throw<ArgumentException>().WithMessage("*2*3*");
    }

    [Fact]
    public void Fit_WithJaggedRows_NamesTheRow()
    {
        double[][] x = [[1, 2], [3, 4], [5, 6, 7], [8, 9]];

        Action fit = () => Estimator.Fit(x);

        fit.ShouldRefuseAt("x", 2, column: null, "3", "2");
    }

    [Fact]
    public void Fit_WithANullRow_NamesTheRow()
    {
        double[][] x = [[1, 2], [3, 4], null!, [8, 9]];

        Action fit = () => Estimator.Fit(x);

        fit.ShouldRefuseAt("x", 2, column: null);
    }

    [Fact]
    public void Fit_WithoutRowsOrColumns_IsRefused()
    {
        Action noRows = () => Estimator.Fit(new double[0, 3]);
        Action noColumns = () => Estimator.Fit(new double[3, 0]);
        Action noJaggedRows = () => Estimator.Fit(Array.Empty<double[]>());
        Action noJaggedColumns = () => Estimator.Fit(new double[][] { [], [], [] });
        Action noSingles = () => Estimator.Fit(new float[0, 3]);

        foreach (Action fit in new[] { noRows, noColumns, noJaggedRows, noJaggedColumns, noSingles })
            fit.ShouldRefuse<ArgumentException>("x");
    }

    [Fact]
    public void Fit_WithNull_IsRefused()
    {
        Action observations = () => Estimator.Fit((Observations)null!);
        Action table = () => Estimator.Fit((double[,])null!);
        Action jagged = () => Estimator.Fit((double[][])null!);
        Action matrix = () => Estimator.Fit((Matrix<double>)null!);
        Action singles = () => Estimator.Fit((float[,])null!);

        foreach (Action fit in new[] { observations, table, jagged, matrix, singles })
            fit.Should().Throw<ArgumentNullException>();
        observations.ShouldRefuse<ArgumentNullException>("x");
    }

    [Theory]
    [InlineData(-1, "-1")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Fit_WithABadWeight_NamesItsRow(double weight, string text)
    {
        var weights = Vector<double>.Build.Dense(272, 1);
        weights[99] = weight;

        Action fit = () => Estimator.Fit(ReferenceData.Faithful, weights);

        fit.ShouldRefuse<ArgumentException>("weights", text, "99").Which.ParamName.Should().Be("weights");
    }

    [Fact]
    public void Fit_WithTheWrongNumberOfWeights_SaysBothNumbers()
    {
        Action fit = () => Estimator.Fit(ReferenceData.Faithful, Vector<double>.Build.Dense(271, 1));

        fit.ShouldRefuse<ArgumentException>("weights", "271", "272").Which.ParamName.Should().Be("weights");
    }

    [Fact]
    public void Fit_WithNoWeightAtAll_IsRefused()
    {
        Action fit = () => Estimator.Fit(ReferenceData.Faithful, Vector<double>.Build.Dense(272));

        fit.Should().Throw<ArgumentException>().WithMessage("*weight*");
    }
}
