using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>n-th roots against powers and against numbers whose roots are known.</summary>
public class RootsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(64)]
    public void Of_AnyNumber_ToThePowerIsThatNumber(int n)
    {
        foreach (double x in new[] { 1e-300, 3e-7, 0.1, 1, 2, 10, 12_345.678, 1e300 })
        {
            // 1/n is rounded, too, which the logarithm of x makes more of.
            Math.Pow(Roots.Of(x, n), n).Should().BeApproximately(x, 1e-15 * (n + Math.Abs(Math.Log(x))) * x);
        }
    }

    [Theory]
    [InlineData(9, 2, 3)]
    [InlineData(625, 4, 5)]
    [InlineData(6561, 8, 3)]
    [InlineData(0, 6, 0)]
    [InlineData(double.PositiveInfinity, 4, double.PositiveInfinity)]
    public void Of_AnEvenPower_IsExact(double x, int n, double root) => Roots.Of(x, n).Should().Be(root);
}
