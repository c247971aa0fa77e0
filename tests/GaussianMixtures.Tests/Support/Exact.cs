using System.Numerics;

namespace GaussianMixtures.Tests;

/// <summary>
/// A fraction of whole numbers of any length. Every double is one exactly, so sums, products and quotients of doubles
/// can be computed without any rounding; the one rounding is at the end.
/// </summary>
internal readonly struct Exact(BigInteger numerator, BigInteger denominator)
{
    private readonly BigInteger numerator = denominator.Sign < 0 ? -numerator : numerator;
    private readonly BigInteger denominator = BigInteger.Abs(denominator);

    public static Exact Zero => new(BigInteger.Zero, BigInteger.One);

    public static implicit operator Exact(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0)
            exponent = 1;
        else
            mantissa |= 1L << 52;
        exponent -= 1075;
        BigInteger signed = value < 0 ? -mantissa : mantissa;
        return exponent >= 0 ? new(signed << exponent, BigInteger.One) : new(signed, BigInteger.One << -exponent);
    }

    public static Exact operator +(Exact a, Exact b) =>
        Reduced((a.numerator * b.denominator) + (b.numerator * a.denominator), a.denominator * b.denominator);

    public static Exact operator -(Exact a, Exact b) =>
        Reduced((a.numerator * b.denominator) - (b.numerator * a.denominator), a.denominator * b.denominator);

    public static Exact operator *(Exact a, Exact b) => Reduced(a.numerator * b.numerator, a.denominator * b.denominator);

    public static Exact operator /(Exact a, Exact b) => Reduced(a.numerator * b.denominator, a.denominator * b.numerator);

    /// <summary>The double next to the fraction, to one unit in the last place or so.</summary>
    public double ToDouble()
    {
        if (numerator.IsZero)
            return 0;
        int shift = 64 - (int)(BigInteger.Abs(numerator).GetBitLength() - denominator.GetBitLength());
        BigInteger quotient = shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift);
        return Math.ScaleB((double)quotient, -shift);
    }

    /// <summary>The log density of a normal distribution, exact but for the last logarithm and sum.</summary>
    public static double LogDensity(double[] mean, double[,] covariance, double[] x)
    {
        int d = mean.Length;
        var matrix = new Exact[d, d];
        var rest = new Exact[d];
        for (int i = 0; i < d; i++)
        {
            rest[i] = (Exact)x[i] - mean[i];
            for (int j = 0; j < d; j++)
                matrix[i, j] = covariance[i, j];
        }

        // Gaussian elimination: the pivots multiply to the determinant, and what is left of each row over its pivot
        // adds up to the Mahalanobis square.
        Exact squares = Zero;
        double logDeterminant = 0;
        for (int p = 0; p < d; p++)
        {
            squares += rest[p] * rest[p] / matrix[p, p];
            logDeterminant += Math.Log(matrix[p, p].ToDouble());
            for (int i = p + 1; i < d; i++)
            {
                Exact factor = matrix[i, p] / matrix[p, p];
                rest[i] -= factor * rest[p];
                for (int j = p; j < d; j++)
                    matrix[i, j] -= factor * matrix[p, j];
            }
        }

        return -0.5 * ((d * Math.Log(2 * Math.PI)) + logDeterminant + squares.ToDouble());
    }

    /// <summary>The covariance of two columns with divisor n, rounded once.</summary>
    public static double Covariance(double[,] x, int first, int second)
    {
        int n = x.GetLength(0);
        Exact a = Zero, b = Zero, products = Zero;
        for (int i = 0; i < n; i++)
        {
            a += x[i, first];
            b += x[i, second];
            products += (Exact)x[i, first] * x[i, second];
        }

        Exact count = n;
        return ((products - (a * b / count)) / count).ToDouble();
    }

    private static Exact Reduced(BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new(numerator / divisor, denominator / divisor);
    }
}
