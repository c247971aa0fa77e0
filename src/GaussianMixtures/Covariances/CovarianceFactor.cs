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

    private CovarianceFactor(ReadOnlySpan<double> lower, int dimension, LargeArrays? arrays)
    {
        _dimension = dimension;
        Packed = LargeArrays.Take(arrays, Triangle.Length(dimension));
        PackedFactor.Pack(lower, dimension, Packed);
        LogDeterminant = Cholesky.LogDeterminant(lower, dimension);
    }

    public double[] Packed { get; }

    /// <summary>0, the mean of points that have been centred.</summary>
    public double[] Origin => _origin ??= new double[_dimension];

    /// <summary>log|Σ|.</summary>
    public double LogDeterminant { get; }

    /// <summary>Null where a pivot is not above <paramref name="tolerance"/> times its diagonal element.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static CovarianceFactor? TryOf(double[] triangle, int dimension, double tolerance, LargeArrays? arrays)
    {
        double[]? rented = triangle.Length > Few ? ArrayPool<double>.Shared.Rent(triangle.Length) : null;
        Span<double> lower = rented ?? stackalloc double[Few];
        triangle.CopyTo(lower);
        CovarianceFactor? factor = Cholesky.TryFactor(lower, dimension, tolerance) ? new CovarianceFactor(lower, dimension, arrays) : null;
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
