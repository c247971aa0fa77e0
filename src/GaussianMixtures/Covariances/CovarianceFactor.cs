using System.Buffers;
using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Covariances;

/// <summary>L of Σ = L Lᵀ, packed as the kernels read it, and what else scoring needs.</summary>
internal sealed class CovarianceFactor
{
    /// <summary>Numbers that fit on the stack: the triangle of 16 columns.</summary>
    public const int Few = 136;

    private readonly int _dimension;

    /// <summary>Made on first use and then kept; two threads would make the same.</summary>
    private double[]? _origin;

    private CovarianceFactor(double[] packed, double logDeterminant, int dimension)
    {
        _dimension = dimension;
        Packed = packed;
        LogDeterminant = logDeterminant;
    }

    public double[] Packed { get; }

    /// <summary>0, the mean of points that have been centred.</summary>
    public double[] Origin => _origin ??= new double[_dimension];

    /// <summary>log|Σ|.</summary>
    public double LogDeterminant { get; }

    /// <summary>Null where a pivot is not above <paramref name="tolerance"/> times its diagonal element.</summary>
    public static CovarianceFactor? TryOf(double[] triangle, int dimension, double tolerance, LargeArrays? arrays) =>
        dimension > PackedFactor.MostInRows ? TryOfMany(triangle, dimension, tolerance, arrays) : TryOfFew(triangle, dimension, tolerance);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static CovarianceFactor? TryOfFew(double[] triangle, int dimension, double tolerance)
    {
        double[] packed = new double[triangle.Length];
        return PackedFactor.TryFactor(triangle, dimension, tolerance, packed)
            ? new CovarianceFactor(packed, PackedFactor.LogDeterminant(packed, dimension), dimension)
            : null;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static CovarianceFactor? TryOfMany(double[] triangle, int dimension, double tolerance, LargeArrays? arrays)
    {
        double[]? rented = triangle.Length > Few ? ArrayPool<double>.Shared.Rent(triangle.Length) : null;
        Span<double> lower = rented ?? stackalloc double[Few];
        triangle.CopyTo(lower);
        CovarianceFactor? factor = null;
        if (Cholesky.TryFactor(lower, dimension, tolerance))
        {
            double[] packed = LargeArrays.Take(arrays, triangle.Length);
            PackedFactor.Pack(lower, dimension, packed);
            factor = new CovarianceFactor(packed, Cholesky.LogDeterminant(lower, dimension), dimension);
        }

        Return(rented);
        return factor;
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

    public void CopyLowerTo(Span<double> lower) => PackedFactor.Unpack(Packed, _dimension, lower);

    private static void Return(double[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }
}
