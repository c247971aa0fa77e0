using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Statistics;

/// <summary>
/// A shape's moments taken about the origin of the packed data, where matrix products yield them: for means near it. The layout
/// and all that happens afterwards are those of the shape itself.
/// </summary>
internal abstract class AboutOrigin(ScatterShape shape) : ScatterShape
{
    /// <summary>Numbers that fit on the stack.</summary>
    private const int Few = 128;

    internal sealed override int Length(int components, int dimension) => shape.Length(components, dimension);

    internal sealed override Range Slice(int component, int dimension) => shape.Slice(component, dimension);

    internal sealed override double[] Centres(double[] means, double[] origin) => origin;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal sealed override void Accumulate(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        VectorKernels.Best.Product(responsibilities, into.Components, block.Panel, into.Dimension, block.Width, into.FirstMoments);
        AccumulateSquares(block, responsibilities, scratch, into);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal sealed override bool Determines(MixtureStatistics statistics)
    {
        const double least = 1 / (SafeReach * SafeReach);
        int length = statistics.Components * statistics.Dimension;
        Span<double> offsets = length <= Few ? stackalloc double[Few] : new double[length];
        offsets = offsets[..length];
        offsets.Clear();
        for (int j = 0; j < statistics.Components; j++)
        {
            for (int i = 0; i < statistics.Dimension && statistics.Weights[j] > 0; i++)
            {
                double first = statistics.FirstMoment(j)[i];
                offsets[(j * statistics.Dimension) + i] = first / statistics.Weights[j] * first;
            }
        }

        return KeepsShare(statistics, offsets, least);
    }

    internal sealed override void Recentre(MixtureStatistics statistics) => shape.Recentre(statistics);

    internal sealed override void Project(ReadOnlySpan<double> triangle, int dimension, double weight, Span<double> addTo) =>
        shape.Project(triangle, dimension, weight, addTo);

    internal sealed override double Share(double weight, double totalWeight) => shape.Share(weight, totalWeight);

    internal sealed override void AddDiagonal(ReadOnlySpan<double> variances, double weight, Span<double> addTo) =>
        shape.AddDiagonal(variances, weight, addTo);

    internal sealed override void CopyDiagonal(ReadOnlySpan<double> values, Span<double> diagonal) => shape.CopyDiagonal(values, diagonal);

    internal sealed override double[] ToTriangle(ReadOnlySpan<double> values, int dimension) => shape.ToTriangle(values, dimension);

    internal sealed override ReadOnlySpan<double> TriangleOf(ReadOnlySpan<double> values, int dimension) => shape.TriangleOf(values, dimension);

    internal sealed override int Matrices(int components) => shape.Matrices(components);

    internal sealed override void ToCoordinates(ReadOnlySpan<double> values, double weight, ReadOnlySpan<double> scale, Span<double> coordinates) =>
        shape.ToCoordinates(values, weight, scale, coordinates);

    internal sealed override void FromCoordinates(ReadOnlySpan<double> coordinates, double weight, ReadOnlySpan<double> scale, Span<double> values) =>
        shape.FromCoordinates(coordinates, weight, scale, values);

    internal sealed override void AddSquare(ReadOnlySpan<double> y, double weight, Span<double> addTo) => shape.AddSquare(y, weight, addTo);

    /// <summary>Whether every second moment keeps at least this share of itself without its <paramref name="offsets"/>, N_j m_ji² (k x d).</summary>
    private protected abstract bool KeepsShare(MixtureStatistics statistics, ReadOnlySpan<double> offsets, double least);

    private protected static bool Keeps(double moment, double offset, double least) => moment <= 0 || moment - offset >= least * moment;

    /// <summary>Adds one block's second moments.</summary>
    private protected abstract void AccumulateSquares(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into);
}

/// <summary>Σ r_ij x_i² for each column.</summary>
internal sealed class DiagonalAboutOrigin(ScatterShape shape) : AboutOrigin(shape)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void AccumulateSquares(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        VectorKernels.Best.Squares(block.Panel, into.Dimension, block.Width, scratch);
        VectorKernels.Best.Product(responsibilities, into.Components, scratch, into.Dimension, block.Width, into.Scatter);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override bool KeepsShare(MixtureStatistics statistics, ReadOnlySpan<double> offsets, double least)
    {
        bool keeps = true;
        for (int at = 0; at < offsets.Length; at++)
        {
            keeps &= Keeps(statistics.Scatter[at], offsets[at], least);
        }

        return keeps;
    }
}

/// <summary>Σ r_ij |x_i|².</summary>
internal sealed class TraceAboutOrigin(ScatterShape shape) : AboutOrigin(shape)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void AccumulateSquares(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        VectorKernels.Best.SquaredLengths(block.Panel, into.Dimension, block.Width, scratch);
        VectorKernels.Best.Product(responsibilities, into.Components, scratch, 1, block.Width, into.Scatter);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override bool KeepsShare(MixtureStatistics statistics, ReadOnlySpan<double> offsets, double least)
    {
        bool keeps = true;
        for (int j = 0; j < statistics.Components; j++)
        {
            double offset = 0;
            foreach (double own in offsets.Slice(j * statistics.Dimension, statistics.Dimension))
            {
                offset += own;
            }

            keeps &= Keeps(statistics.Scatter[j], offset, least);
        }

        return keeps;
    }
}

/// <summary>
/// Σ_i w_i x_i x_iᵀ: it does not depend on the responsibilities, so the whole step takes n·d² + n·k·d flops.
/// </summary>
internal sealed class PooledAboutOrigin(ScatterShape shape) : AboutOrigin(shape)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void AccumulateSquares(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        Span<double> origin = scratch[^into.Dimension..];
        Span<double> unused = scratch[^(2 * into.Dimension)..^into.Dimension];
        origin.Clear();
        VectorKernels.Best.SymmetricUpdate(block.Panel, origin, block.Weights, block.Width,
            scratch[..Panel.Stride], scratch[Panel.Stride..], unused, into.Scatter);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override bool KeepsShare(MixtureStatistics statistics, ReadOnlySpan<double> offsets, double least)
    {
        bool keeps = true;
        for (int i = 0; i < statistics.Dimension; i++)
        {
            double offset = 0;
            for (int at = i; at < offsets.Length; at += statistics.Dimension)
            {
                offset += offsets[at];
            }

            keeps &= Keeps(statistics.Scatter[Triangle.Index(i, i)], offset, least);
        }

        return keeps;
    }
}
