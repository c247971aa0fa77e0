using System.Text.Json.Nodes;
using FluentAssertions;
using FluentAssertions.Specialized;
using GaussianMixtures.Scoring;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>A model written and read again is the same to the last bit; anything else is refused by name.</summary>
public class JsonTests
{
    public static TheoryData<string> Types => Families.All;

    public static TheoryData<string, double> TypesAndScales => Families.With(1e-150, 1, 1e150);

    public static TheoryData<string, double> TypesAndFloors => Families.With(1e-6, 1e-9, 1e-11, 1e-13);

    [Theory]
    [MemberData(nameof(TypesAndScales))]
    public void FromJson_OfToJson_HasTheSameBits(string typeName, double scale)
    {
        double[,] x = SyntheticData.Map(ReferenceData.Iris, (value, _) => value * scale);
        GaussianMixtureModel model = new GaussianMixture(3) { CovarianceType = CovarianceType.Parse(typeName) }.Fit(x);

        GaussianMixtureModel reloaded = GaussianMixtureModel.FromJson(model.ToJson());

        ModelAssertions.Bits(reloaded).Should().Equal(ModelAssertions.Bits(model));
        ModelAssertions.Bits(reloaded.ScoreSamples(x)).Should().Equal(ModelAssertions.Bits(model.ScoreSamples(x)));
        ModelAssertions.Bits(reloaded.PredictProba(x)).Should().Equal(ModelAssertions.Bits(model.PredictProba(x)));
        double[] point = SyntheticData.Row(x, 60);
        reloaded.ScoreSamples(point).Should().Be(model.ScoreSamples(point));
        reloaded.Predict(x).Should().Equal(model.Predict(x));
        reloaded.CovarianceType.Should().BeSameAs(model.CovarianceType);
        reloaded.ParameterCount.Should().Be(model.ParameterCount);
        reloaded.Bic(x).Should().Be(model.Bic(x));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void FromJson_OfHostileModels_HasTheSameBits(string typeName)
    {
        HostileData hostile = HostileData.Named("columns of all sizes");
        GaussianMixtureModel model = new GaussianMixture(2) { CovarianceType = CovarianceType.Parse(typeName) }.Fit(hostile.X);

        GaussianMixtureModel reloaded = GaussianMixtureModel.FromJson(model.ToJson());

        ModelAssertions.Bits(reloaded.ScoreSamples(hostile.X)).Should()
            .Equal(ModelAssertions.Bits(model.ScoreSamples(hostile.X)));
    }

    /// <summary>Covariances nearly singular: what rounding leaves of them, the family makes larger.</summary>
    [Theory]
    [MemberData(nameof(TypesAndFloors))]
    public void FromJson_OfIllConditionedModels_HasTheSameBits(string typeName, double floor)
    {
        for (int seed = 0; seed < 3; seed++)
        {
            double[,] x = WithAColumnThatIsASum(seed);
            GaussianMixtureModel model =
                new GaussianMixture(3) { CovarianceType = CovarianceType.Parse(typeName), VarianceFloor = floor }.Fit(x);

            GaussianMixtureModel reloaded = GaussianMixtureModel.FromJson(model.ToJson());

            ModelAssertions.Bits(reloaded.ScoreSamples(x)).Should().Equal(ModelAssertions.Bits(model.ScoreSamples(x)));
        }
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-10)]
    public void FromJson_OfAModelThatIsNotOfItsFamily_IsRefused(double floor)
    {
        GaussianMixtureModel model = new GaussianMixture(3) { VarianceFloor = floor }.Fit(WithAColumnThatIsASum(0));
        foreach (CovarianceType type in CovarianceType.All.Except([CovarianceType.VVV]))
        {
            JsonNode root = Parse(model);
            (JsonObject owner, string name) = Find(root, "covarianceType");

            owner[name] = type.Name;

            Refuses(root.ToJsonString()).WithMessage($"*family {type}*");
        }
    }

    /// <summary>Also where the difference is small, or in a direction in which there is next to no variance.</summary>
    [Theory]
    [InlineData(1, 1, 1 + 1e-6)]
    [InlineData(1e-4, 1, 1 + 1e-6)]
    [InlineData(1e-4, 1 + 1e-6, 1)]
    [InlineData(1e-10, 1, 1.001)]
    public void FromJson_OfCovariancesThatAreNotEqual_IsRefused(double ratio, double more, double lessMore)
    {
        Matrix<double> turn = Matrix<double>.Build.DenseOfArray(new[,] { { 0.6, -0.8 }, { 0.8, 0.6 } });
        Matrix<double> Sizes(double first, double second) =>
            turn * Matrix<double>.Build.DenseOfDiagonalArray([first, second]) * turn.Transpose();
        Matrix<double> one = Sizes(1, ratio);
        JsonNode root = Parse(GaussianMixtureModel.FromParameters(
            Vector<double>.Build.DenseOfArray([0.5, 0.5]), Matrix<double>.Build.Dense(2, 2),
            [one, Sizes(more, ratio * lessMore)], CovarianceType.VVV));
        (JsonObject owner, string name) = Find(root, "covarianceType");

        owner[name] = CovarianceType.EEE.Name;

        Refuses(root.ToJsonString()).WithMessage("*family EEE*");
    }

    /// <summary>The runtime's shortest text of a double is not always one that comes back.</summary>
    [Fact]
    public void FromJson_OfAnyDouble_HasTheSameBits()
    {
        var random = new Random(5);
        double[] powers = [.. Enumerable.Range(-1074, 1074 + 1024).Select(exponent => Math.ScaleB(1, exponent))];
        double[] patterns = [.. Enumerable.Range(0, 100_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))];
        double[] values = [.. powers.SelectMany(power => new[] { power, -power, Math.BitIncrement(power), Math.BitDecrement(power) })
            .Concat(patterns).Append(double.MaxValue).Append(-0.0).Where(double.IsFinite)];

        Covariance narrow = Covariance.Spherical(1, Math.ScaleB(1, -25));
        MixtureParameters parameters = new(
            1, [.. values.Select(_ => 1.0 / values.Length)], values, [.. Enumerable.Repeat(narrow, values.Length)]);
        GaussianMixtureModel reloaded = GaussianMixtureModel.FromJson(new GaussianMixtureModel(parameters, CovarianceType.EII).ToJson());

        ModelAssertions.Bits(reloaded.Parameters.Means).Should().Equal(ModelAssertions.Bits(values));
        reloaded.Parameters.Covariances[0].IsotropicVariance.Should().Be(Math.ScaleB(1, -25));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void ToJson_OfAReloadedModel_IsTheSameText(string typeName)
    {
        GaussianMixtureModel model = PlainFit(typeName);
        GaussianMixtureModel reloaded = GaussianMixtureModel.FromJson(model.ToJson());

        GaussianMixtureModel.FromJson(reloaded.ToJson()).ToJson().Should().Be(reloaded.ToJson());
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("not json at all")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"weights\": [1]}")]
    [InlineData("<model/>")]
    public void FromJson_OfJunk_IsRefused(string junk) => Refuses(junk);

    [Fact]
    public void FromJson_OfNull_IsRefused()
    {
        Action read = () => GaussianMixtureModel.FromJson(null!);

        read.Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void FromJson_OfATruncatedText_IsRefusedWhereverItEnds()
    {
        string json = PlainFit("VVV").ToJson().Trim();

        for (int length = 0; length < json.Length; length += Math.Max(1, json.Length / 97))
            Refuses(json[..length]);
        Refuses(json[..^1]);
        Refuses(json + "}");
    }

    [Fact]
    public void FromJson_OfAnotherVersion_SaysWhich()
    {
        JsonNode root = Parse(PlainFit("VVV"));
        (JsonObject owner, string name) = Find(root, "version");

        owner[name] = 987;

        Refuses(root.ToJsonString()).WithMessage("*987*").Which.Message.Should().ContainEquivalentOf("version");
    }

    [Fact]
    public void FromJson_OfAnUnknownCovarianceType_SaysWhich()
    {
        JsonNode root = Parse(PlainFit("VVV"));
        (JsonObject owner, string name) = Find(root, "covarianceType");

        owner[name] = "banana";

        Refuses(root.ToJsonString()).WithMessage("*banana*");
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("means")]
    [InlineData("covariances")]
    public void FromJson_WithoutAPart_NamesIt(string part)
    {
        JsonNode root = Parse(PlainFit("VVV"));
        (JsonObject owner, string name) = Find(root, part);

        owner.Remove(name);

        Refuses(root.ToJsonString()).Which.Message.Should().ContainEquivalentOf(part);
    }

    [Theory]
    [InlineData("-0.5")]
    [InlineData("0.99")]
    [InlineData("1e999")]
    [InlineData("\"a half\"")]
    [InlineData("null")]
    [InlineData("{}")]
    public void FromJson_WithANonsenseWeight_NamesTheWeights(string weight)
    {
        JsonNode root = Parse(PlainFit("VVV"));
        (JsonObject owner, string name) = Find(root, "weights");

        owner[name]![0] = JsonNode.Parse(weight);

        Refuses(root.ToJsonString()).Which.Message.Should().ContainEquivalentOf("weight");
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("means")]
    [InlineData("covariances")]
    public void FromJson_WithAPartTooShort_IsRefused(string part)
    {
        JsonNode root = Parse(PlainFit("VVV"));
        (JsonObject owner, string name) = Find(root, part);

        owner[name]!.AsArray().RemoveAt(0);

        Refuses(root.ToJsonString());
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("means")]
    [InlineData("covariances")]
    public void FromJson_WithAPartOfAnotherKind_NamesIt(string part)
    {
        JsonNode root = Parse(PlainFit("VVV"));
        (JsonObject owner, string name) = Find(root, part);

        owner[name] = "many";

        Refuses(root.ToJsonString()).Which.Message.Should().ContainEquivalentOf(part);
    }

    private static double[,] WithAColumnThatIsASum(int seed)
    {
        double[,] x = SyntheticData.Normal(new Random(seed), 30, 4, 1);
        for (int i = 0; i < 30; i++)
            x[i, 3] = x[i, 0] + x[i, 1];
        return x;
    }

    private static GaussianMixtureModel PlainFit(string typeName) =>
        new GaussianMixture(2) { CovarianceType = CovarianceType.Parse(typeName) }.Fit(ReferenceData.Faithful);

    private static ExceptionAssertions<FormatException> Refuses(string json)
    {
        Action read = () => GaussianMixtureModel.FromJson(json);
        ExceptionAssertions<FormatException> thrown = read.Should().Throw<FormatException>();
        thrown.Which.Message.Should().NotBeNullOrWhiteSpace();
        return thrown;
    }

    private static JsonNode Parse(GaussianMixtureModel model) => JsonNode.Parse(model.ToJson())!;

    /// <summary>The property of that name, in whatever case and at whatever depth it is written.</summary>
    private static (JsonObject Owner, string Name) Find(JsonNode root, string name)
    {
        var waiting = new Queue<JsonObject>([root.AsObject()]);
        while (waiting.TryDequeue(out JsonObject? candidate))
        {
            foreach ((string key, JsonNode? value) in candidate)
            {
                if (key.Replace("_", "", StringComparison.Ordinal).Contains(name, StringComparison.OrdinalIgnoreCase))
                    return (candidate, key);
                if (value is JsonObject inner)
                    waiting.Enqueue(inner);
            }
        }

        throw new InvalidOperationException($"the text has no property {name}");
    }
}
