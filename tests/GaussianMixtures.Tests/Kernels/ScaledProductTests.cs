using System.Numerics;
using FluentAssertions;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Tests;

/// <summary>Products whose value is no double: their logarithms and roots, against exact whole numbers.</summary>
public class ScaledProductTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public void LogAndRoot_OfFactorsOfEverySize_AreThoseOfTheExactProduct(int count)
    {
        Random random = new(count);
        for (int round = 0; round < 50; round++)
        {
            ScaledProduct product = new();
            BigInteger exact = 1;
            long exponent = 0;
            for (int i = 0; i < count; i++)
            {
                long mantissa = random.NextInt64(1L << 50, 1L << 52);
                int power = random.Next(-1074, 970);
                product.Multiply(Math.ScaleB(mantissa, power));
                exact *= new BigInteger(Math.ScaleB(Math.ScaleB(mantissa, power), Math.Max(0, -power)));
                exponent += Math.Min(0, power);
            }

            double log = BigInteger.Log(exact) + (exponent * Math.Log(2));
            product.Log.Should().BeApproximately(log, 1e-13 * (count + Math.Abs(log)));
            Math.Log(product.Root(count)).Should().BeApproximately(log / count, 1e-13 * (1 + Math.Abs(log / count)));
        }
    }

    [Fact]
    public void Root_OfFactorsTimesAPowerOfTwo_IsExactlyThatPowerTheRoot()
    {
        double[] factors = [3.7e-200, 1e150, 5.1, 0.3, 9e99];
        double root = Of(factors, 0).Root(5);
        foreach (int power in new[] { -300, -31, -1, 1, 30, 333 })
            Of(factors, power).Root(5).Should().Be(Math.ScaleB(root, power));
    }

    [Fact]
    public void Log_OfWhatHasNone_IsWhatTheLogarithmSays()
    {
        Of([1e-300, 0, 5], 0).Log.Should().Be(double.NegativeInfinity);
        Of([2, double.PositiveInfinity], 0).Log.Should().Be(double.PositiveInfinity);
        double.IsNaN(Of([2, double.NaN], 0).Log).Should().BeTrue();
        double.IsNaN(Of([2, -1e200], 0).Log).Should().BeTrue();
        Of([], 0).Log.Should().Be(0);
    }

    private static ScaledProduct Of(double[] factors, int power)
    {
        ScaledProduct product = new();
        foreach (double factor in factors)
            product.Multiply(Math.ScaleB(factor, power));
        return product;
    }
}
