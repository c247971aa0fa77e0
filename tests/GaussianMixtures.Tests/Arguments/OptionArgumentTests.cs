using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>An estimator with a wrong option cannot exist, by constructor, by initializer or by <c>with</c>.</summary>
public class OptionArgumentTests
{
    private static readonly GaussianMixture Valid = new(2);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(int.MinValue)]
    public void Components_BelowOne_AreRefused(int value)
    {
        Action construct = () => _ = new GaussianMixture(value);
        Action initialize = () => _ = new GaussianMixture(2) { Components = value };
        Action with = () => _ = Valid with { Components = value };

        ShouldRefuse("Components", $"{value}", construct, initialize, with);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Restarts_BelowOne_AreRefused(int value)
    {
        Action initialize = () => _ = new GaussianMixture(2) { Restarts = value };
        Action with = () => _ = Valid with { Restarts = value };

        ShouldRefuse("Restarts", $"{value}", initialize, with);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void MaxIterations_BelowOne_IsRefused(int value)
    {
        Action initialize = () => _ = new GaussianMixture(2) { MaxIterations = value };
        Action with = () => _ = Valid with { MaxIterations = value };

        ShouldRefuse("MaxIterations", $"{value}", initialize, with);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    public void MaxDegreeOfParallelism_BelowOne_IsRefused(int value)
    {
        Action initialize = () => _ = new GaussianMixture(2) { MaxDegreeOfParallelism = value };
        Action with = () => _ = Valid with { MaxDegreeOfParallelism = value };

        ShouldRefuse("MaxDegreeOfParallelism", $"{value}", initialize, with);
    }

    [Theory]
    [InlineData(-1e-9, "-1E-09")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Tolerance_ThatIsNoSize_IsRefused(double value, string text)
    {
        Action initialize = () => _ = new GaussianMixture(2) { Tolerance = value };
        Action with = () => _ = Valid with { Tolerance = value };

        ShouldRefuse("Tolerance", text, initialize, with);
    }

    [Theory]
    [InlineData(-0.5, "-0.5")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void VarianceFloor_ThatIsNoSize_IsRefused(double value, string text)
    {
        Action initialize = () => _ = new GaussianMixture(2) { VarianceFloor = value };
        Action with = () => _ = Valid with { VarianceFloor = value };

        ShouldRefuse("VarianceFloor", text, initialize, with);
    }

    [Theory]
    [InlineData(-0.5, "-0.5")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Ridge_ThatIsNoSize_IsRefused(double value, string text)
    {
        Action initialize = () => _ = new GaussianMixture(2) { Ridge = value };
        Action with = () => _ = Valid with { Ridge = value };

        ShouldRefuse("Ridge", text, initialize, with);
    }

    [Fact]
    public void CovarianceType_Null_IsRefused()
    {
        Action initialize = () => _ = new GaussianMixture(2) { CovarianceType = null! };
        Action with = () => _ = Valid with { CovarianceType = null! };

        initialize.ShouldRefuse<ArgumentNullException>("CovarianceType");
        with.ShouldRefuse<ArgumentNullException>("CovarianceType");
    }

    [Fact]
    public void Initialization_Null_IsRefused()
    {
        Action initialize = () => _ = new GaussianMixture(2) { Initialization = null! };
        Action with = () => _ = Valid with { Initialization = null! };

        initialize.ShouldRefuse<ArgumentNullException>("Initialization");
        with.ShouldRefuse<ArgumentNullException>("Initialization");
    }

    [Fact]
    public void Options_AtTheirLimits_AreAccepted()
    {
        Action construct = () => _ = new GaussianMixture(1)
        {
            Restarts = 1,
            MaxIterations = 1,
            Tolerance = 0,
            VarianceFloor = 0,
            Ridge = 0,
            Seed = int.MinValue,
            MaxDegreeOfParallelism = 1,
        };

        construct.Should().NotThrow();
    }

    private static void ShouldRefuse(string option, string value, params Action[] acts)
    {
        foreach (Action act in acts)
            act.ShouldRefuse<ArgumentOutOfRangeException>(option, value);
    }
}
