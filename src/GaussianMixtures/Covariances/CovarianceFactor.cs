using System.Buffers;
using System.Runtime.CompilerServices;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>L of Σ = L Lᵀ, packed as the kernels read it, and log|Σ|: a view of one array.</summary>
/// <param name="values">The packed factor, and after it the logarithm.</param>
/// <param name="dimension">d.</param>
internal readonly struct CovarianceFactor(double[] values, int dimension)
{
    /// <summary>Numbers that fit on the stack: the triangle of 16 columns.</summary>
    public const int Few = 136;

    public ReadOnlySpan<double> Packed => values.AsSpan(0, values.Length - 1);

    /// <summary>log|Σ|.</summary>
    public double LogDeterminant => values[^1];

    /// <summary>Doubles in the array.</summary>
    public static int Length(int dimension) => Triangle.Length(dimension) + 1;

    /// <summary>False where a pivot is not above <paramref name="tolerance"/> times its diagonal element.</summary>
    /// <param name="triangle">Σ.</param>
    /// <param name="dimension">d.</param>
    /// <param name="tolerance">The least share of a pivot.</param>
    /// <param name="values">Receives the array of a factor.</param>
    public static bool TryMake(double[] triangle, int dimension, double tolerance, double[] values) => dimension > PackedFactor.MostInRows
        ? TryMakeMany(triangle, dimension, tolerance, values)
        : TryMakeFew(triangle, dimension, tolerance, values);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryMakeFew(double[] triangle, int dimension, double tolerance, double[] values)
    {
        Span<double> packed = values.AsSpan(0, triangle.Length);
        bool isRegular = PackedFactor.TryFactor(triangle, dimension, tolerance, packed);
        values[^1] = isRegular ? PackedFactor.LogDeterminant(packed, dimension) : double.NaN;
        return isRegular;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryMakeMany(double[] triangle, int dimension, double tolerance, double[] values)
    {
        double[]? rented = triangle.Length > Few ? ArrayPool<double>.Shared.Rent(triangle.Length) : null;
        Span<double> lower = rented ?? stackalloc double[Few];
        triangle.CopyTo(lower);
        bool isRegular = Cholesky.TryFactor(lower, dimension, tolerance);
        if (isRegular)
        {
            PackedFactor.Pack(lower, dimension, values.AsSpan(0, triangle.Length));
            values[^1] = Cholesky.LogDeterminant(lower, dimension);
        }

        Return(rented);
        return isRegular;
    }

    /// <summary>Whether Σ less so much of the floor is positive definite.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsAbove(double[] triangle, VarianceFloor floor, double share = 1)
    {
        double[]? rented = triangle.Length > Few ? ArrayPool<double>.Shared.Rent(triangle.Length) : null;
        Span<double> shifted = rented ?? stackalloc double[Few];
        triangle.CopyTo(shifted);
        for (int i = 0; i < floor.Scale.Length; i++)
        {
            shifted[Triangle.Index(i, i)] -= share * floor.LowestVariance(i);
        }

        bool isAbove = Cholesky.TryFactor(shifted, floor.Scale.Length, 0);
        Return(rented);
        return isAbove;
    }

    /// <summary>L, as rows of its lower triangle.</summary>
    public double[] ToLower()
    {
        double[] lower = new double[Packed.Length];
        CopyLowerTo(lower);
        return lower;
    }

    public void CopyLowerTo(Span<double> lower) => PackedFactor.Unpack(Packed, dimension, lower);

    private static void Return(double[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }
}
