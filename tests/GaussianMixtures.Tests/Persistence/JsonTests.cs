using System.Text.Json.Nodes;
using FluentAssertions;
using FluentAssertions.Specialized;

namespace GaussianMixtures.Tests;

/// <summary>A model written and read again is the same to the last bit; anything else is refused by name.</summary>
public class JsonTests
{
    public static TheoryData<string> Types => Families.All;

    public static TheoryData<string, double> TypesAndScales => Families.With(1e-150, 1, 1e150);

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
