using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>A search with a wrong option cannot exist, by initializer or by <c>with</c>.</summary>
public class SelectionArgumentTests
{
    private static readonly ModelSelection Valid = new();

    [Fact]
    public void Search_HasTheDocumentedDefaults()
    {
        Valid.Components.Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9);
        Valid.CovarianceTypes.Should().Equal(CovarianceType.All);
        Valid.Criterion.Should().BeSameAs(Criterion.Bic);
        Valid.Estimator.Should().Be(new GaussianMixture(1)
        {
            Initialization = Initialization.Hierarchical,
            Acceleration = Acceleration.Anderson.StartingBelow(1e-3),
        });
        Valid.ScreeningTolerance.Should().Be(1e-5);
        Valid.FurtherStarts.Should().Equal(Initialization.Hierarchical);
        Valid.LeaderStarts.Should().Equal(Initialization.KMeans);
    }

    [Fact]
    public void Search_IsAValue()
    {
        ModelSelection one = new() { Components = Enumerable.Range(1, 3), CovarianceTypes = [CovarianceType.Full] };
        ModelSelection other = new() { Components = [1, 2, 3], CovarianceTypes = new List<CovarianceType> { CovarianceType.VVV } };

        other.Should().Be(one);
        other.GetHashCode().Should().Be(one.GetHashCode());
        (other with { Components = [1, 3, 2] }).Should().NotBe(one);
        (other with { Criterion = Criterion.Aic }).Should().NotBe(one);
        other.ToString().Should().Contain("[1, 2, 3]").And.Contain("[VVV]");
    }

    [Fact]
    public void Search_WhoseListsAreWrittenOver_StaysTheSame()
    {
        List<int> components = [1, 2];
        ModelSelection search = new() { Components = components };

        components[0] = 0;

        search.Components.Should().Equal(1, 2);
    }

    [Fact]
    public void Components_ThatAreNone_AreRefused()
    {
        ShouldRefuse<ArgumentNullException>("Components", "null", () => Valid with { Components = null! });
        ShouldRefuse<ArgumentException>("Components", "empty", () => Valid with { Components = [] });
        ShouldRefuse<ArgumentException>("Components", "holds 0", () => Valid with { Components = [1, 0] });
        ShouldRefuse<ArgumentException>("Components", "2 twice", () => Valid with { Components = [2, 1, 2] });
    }

    [Fact]
    public void CovarianceTypes_ThatAreNone_AreRefused()
    {
        ShouldRefuse<ArgumentNullException>("CovarianceTypes", "null", () => Valid with { CovarianceTypes = null! });
        ShouldRefuse<ArgumentException>("CovarianceTypes", "empty", () => Valid with { CovarianceTypes = [] });
        ShouldRefuse<ArgumentException>("CovarianceTypes", "holds null", () => Valid with { CovarianceTypes = [null!] });
        ShouldRefuse<ArgumentException>("CovarianceTypes", "VVV twice",
            () => Valid with { CovarianceTypes = [CovarianceType.Full, CovarianceType.VVV] });
    }

    [Fact]
    public void FurtherStarts_ThatAreNone_AreRefused()
    {
        (Valid with { FurtherStarts = [] }).FurtherStarts.Should().BeEmpty();
        ShouldRefuse<ArgumentNullException>("FurtherStarts", "null", () => Valid with { FurtherStarts = null! });
        ShouldRefuse<ArgumentException>("FurtherStarts", "holds null", () => Valid with { FurtherStarts = [null!] });
        ShouldRefuse<ArgumentException>("FurtherStarts", "twice",
            () => Valid with { FurtherStarts = [Initialization.KMeans, Initialization.KMeans] });
    }

    [Fact]
    public void LeaderStarts_ThatAreNone_AreRefused()
    {
        (Valid with { LeaderStarts = [] }).LeaderStarts.Should().BeEmpty();
        ShouldRefuse<ArgumentNullException>("LeaderStarts", "null", () => Valid with { LeaderStarts = null! });
        ShouldRefuse<ArgumentException>("LeaderStarts", "holds null", () => Valid with { LeaderStarts = [null!] });
        ShouldRefuse<ArgumentException>("LeaderStarts", "twice",
            () => Valid with { LeaderStarts = [Initialization.RandomPoints, Initialization.RandomPoints] });
    }

    [Fact]
    public void CriterionAndEstimator_Null_AreRefused()
    {
        ShouldRefuse<ArgumentNullException>("Criterion", "null", () => Valid with { Criterion = null! });
        ShouldRefuse<ArgumentNullException>("Estimator", "null", () => Valid with { Estimator = null! });
    }

    private static void ShouldRefuse<TException>(string option, string words, Func<ModelSelection> make)
        where TException : ArgumentException =>
        ((Action)(() => make())).ShouldRefuse<TException>(option, words);
}
