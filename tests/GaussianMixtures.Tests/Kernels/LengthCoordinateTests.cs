using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>Any length has a coordinate, and any coordinate a length.</summary>
public class LengthCoordinateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e-300)]
    [InlineData(1e-9)]
    [InlineData(1e-3)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(1e6)]
    [InlineData(1e150)]
    public void ToLength_OfACoordinate_IsTheLength(double length) =>
        LengthCoordinate.ToLength(LengthCoordinate.Of(length)).Should().BeApproximately(length, (1e-13 * length) + 1e-18);

    [Theory]
    [InlineData(0)]
    [InlineData(1e-5)]
    [InlineData(1e-3)]
    [InlineData(2)]
    public void Of_ALength_IsItsAreaSine(double length) => LengthCoordinate.Of(length).Should().BeApproximately(Math.Asinh(1000 * length), 1e-14);

    [Fact]
    public void Of_LengthsThatAreNoTrifles_DiffersByTheLogarithmOfTheirQuotient() =>
        (LengthCoordinate.Of(20) - LengthCoordinate.Of(2)).Should().BeApproximately(Math.Log(10), 1e-7);
}
