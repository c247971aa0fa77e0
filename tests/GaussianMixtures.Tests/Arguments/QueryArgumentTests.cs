using FluentAssertions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>A model refuses questions about other data, and leaves the caller's buffers as they were.</summary>
public class QueryArgumentTests
{
    private static readonly GaussianMixtureModel Model = PlainEm.StartFrom(ReferenceData.Iris, 3).ToModel(CovarianceType.Full);

    private static readonly double[] Point = [5, 3, 4, 1];

    private static Dictionary<string, Action<Observations>> Batches => new()
    {
        ["Predict"] = x => Model.Predict(x),
        ["PredictProba"] = x => Model.PredictProba(x),
        ["ScoreSamples"] = x => Model.ScoreSamples(x),
        ["LogLikelihood"] = x => Model.LogLikelihood(x),
        ["Score"] = x => Model.Score(x),
        ["Bic"] = x => Model.Bic(x),
        ["Aic"] = x => Model.Aic(x),
    };

    private static Dictionary<string, Action<double[]>> Singles => new()
    {
        ["Predict"] = x => Model.Predict(x),
        ["PredictProba"] = x => Model.PredictProba(x, new double[3]),
        ["ScoreSamples"] = x => Model.ScoreSamples(x),
    };

    public static TheoryData<string> BatchNames => [.. Batches.Keys];

    public static TheoryData<string> SingleNames => [.. Singles.Keys];

    [Theory]
    [MemberData(nameof(BatchNames))]
    public void Batch_OfAnotherDimension_SaysBothNumbers(string member)
    {
        Action ask = () => Batches[member](ReferenceData.Thyroid);

        ask.ShouldRefuse<ArgumentException>("x", "5", "4").Which.ParamName.Should().Be("x");
    }

    [Theory]
    [MemberData(nameof(BatchNames))]
    public void Batch_WithNaN_NamesRowAndColumn(string member)
    {
        var x = (double[,])ReferenceData.Iris.Clone();
        x[44, 3] = double.NaN;

        Action ask = () => Batches[member](x);

        ask.ShouldRefuseAt("x", 44, 3, "NaN");
    }

    [Theory]
    [MemberData(nameof(BatchNames))]
    public void Batch_Null_IsRefused(string member)
    {
        Action ask = () => Batches[member](null!);

        ask.ShouldRefuse<ArgumentNullException>("x").Which.ParamName.Should().Be("x");
    }

    [Theory]
    [MemberData(nameof(SingleNames))]
    public void Point_OfAnotherDimension_SaysBothNumbers(string member)
    {
        Action ask = () => Singles[member]([1, 2, 3, 4, 5]);
        Action none = () => Singles[member]([]);

        ask.ShouldRefuse<ArgumentException>("point", "5", "4").Which.ParamName.Should().Be("point");
        none.ShouldRefuse<ArgumentException>("point", "0", "4");
    }

    [Theory]
    [MemberData(nameof(SingleNames))]
    public void Point_WithANumberThatIsNone_NamesTheColumn(string member)
    {
        Action nan = () => Singles[member]([1, 2, double.NaN, 4]);
        Action infinity = () => Singles[member]([double.NegativeInfinity, 2, 3, 4]);

        nan.ShouldRefuse<ArgumentException>("point", "NaN").WithMessage("*2*");
        infinity.ShouldRefuse<ArgumentException>("point", "-Infinity").WithMessage("*0*");
    }

    [Fact]
    public void PredictProba_IntoTheWrongSpace_IsRefused()
    {
        Action tooSmall = () => Model.PredictProba(Point, new double[2]);
        Action tooLarge = () => Model.PredictProba(Point, new double[4]);

        tooSmall.ShouldRefuse<ArgumentException>("responsibilities", "2", "3").Which.ParamName.Should().Be("responsibilities");
        tooLarge.ShouldRefuse<ArgumentException>("responsibilities", "4", "3").Which.ParamName.Should().Be("responsibilities");
    }

    [Fact]
    public void PredictProba_ThatThrows_HasWrittenNothing()
    {
        double[] space = [7, 7, 7];

        Action ask = () => Model.PredictProba([1, 2, 3, double.NaN], space);

        ask.Should().Throw<ArgumentException>();
        space.Should().Equal(7, 7, 7);
    }

    [Fact]
    public void Criteria_WithBadWeights_AreRefused()
    {
        var tooFew = Vector<double>.Build.Dense(149, 1);

        foreach (Func<GaussianMixtureModel, Observations, Vector<double>, double> criterion in Criteria)
        {
            Action ask = () => criterion(Model, ReferenceData.Iris, tooFew);
            ask.ShouldRefuse<ArgumentException>("weights", "149", "150").Which.ParamName.Should().Be("weights");
        }
    }

    [Theory]
    [InlineData(-2, "-2")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Criteria_WithAWeightThatIsNone_NameTheRow(double weight, string text)
    {
        var weights = Vector<double>.Build.Dense(150, 1);
        weights[31] = weight;

        foreach (Func<GaussianMixtureModel, Observations, Vector<double>, double> criterion in Criteria)
        {
            Action ask = () => criterion(Model, ReferenceData.Iris, weights);
            ask.ShouldRefuse<ArgumentException>("weights", text, "31");
        }
    }

    [Fact]
    public void Sample_OfANegativeCount_IsRefused()
    {
        Action bySeed = () => Model.Sample(-1, seed: 0);
        Action byRandom = () => Model.Sample(-1, new Random(0));

        bySeed.ShouldRefuse<ArgumentOutOfRangeException>("count", "-1").Which.ParamName.Should().Be("count");
        byRandom.ShouldRefuse<ArgumentOutOfRangeException>("count", "-1").Which.ParamName.Should().Be("count");
    }

    [Fact]
    public void Sample_OfMoreThanAnArrayHolds_IsRefused()
    {
        Action sample = () => Model.Sample(1 << 30, seed: 0);

        sample.ShouldRefuse<ArgumentOutOfRangeException>("count", "1073741824", "4 columns").Which.ParamName.Should().Be("count");
    }

    [Fact]
    public void Sample_WithoutRandom_IsRefused()
    {
        Action sample = () => Model.Sample(10, (Random)null!);

        sample.ShouldRefuse<ArgumentNullException>("random").Which.ParamName.Should().Be("random");
    }

    private static Func<GaussianMixtureModel, Observations, Vector<double>, double>[] Criteria =>
    [
        (model, x, weights) => model.LogLikelihood(x, weights),
        (model, x, weights) => model.Score(x, weights),
        (model, x, weights) => model.Bic(x, weights),
        (model, x, weights) => model.Aic(x, weights),
    ];
}
