using System.Runtime.CompilerServices;

namespace GaussianMixtures.Kernels;

/// <summary>A product of any number of factors that neither overflows nor underflows: what is large or small of it is a power of two apart.</summary>
internal struct ScaledProduct()
{
    /// <summary>Factors between the inverse of this and this, and such products of them, need no scaling yet: the product of two is a double.</summary>
    private const double Ordinary = 1e100;

    private double _mantissa = 1;
    private long _exponent;

    /// <summary>The natural logarithm; one, whatever the number of factors.</summary>
    public readonly double Log => Math.Log(_mantissa) + (_exponent * Math.Log(2));

    /// <summary>Σ log value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LogOf(ReadOnlySpan<double> values)
    {
        ScaledProduct product = new();
        foreach (double value in values)
        {
            product.Multiply(value);
        }

        return product.Log;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(double factor)
    {
        _mantissa *= Ordinarily(factor);
        _mantissa = Ordinarily(_mantissa);
    }

    /// <summary>The n-th root of a positive product. Exact under a power of two to the n.</summary>
    public readonly double Root(int n)
    {
        int high = Math.ILogB(_mantissa);
        long exponent = _exponent + high;
        int rest = (int)(((exponent % n) + n) % n);
        return Math.ScaleB(Roots.Of(Math.ScaleB(_mantissa, rest - high), n), (int)((exponent - rest) / n));
    }

    private double Ordinarily(double value)
    {
        if (value is (> 1 / Ordinary and < Ordinary) or 0 || !double.IsFinite(value))
        {
            return value;
        }

        int high = Math.ILogB(value);
        _exponent += high;
        return Math.ScaleB(value, -high);
    }
}
