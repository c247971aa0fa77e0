using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Statistics;

/// <summary>
/// A shape's moments taken about the origin of the packed data, where matrix products yield them: for means near it. The layout
/// and all that happens afterwards are those of the shape itself.
/// </summary>
internal abstract class AboutOrigin(ScatterShape shape) : ScatterShape
{
    internal sealed override int Length(int components, int dimension) => shape.Length(components, dimension);

    internal sealed override Range Slice(int component, int dimension) => shape.Slice(component, dimension);

    internal sealed override double[] Centres(double[] means) => new double[means.Length];

    internal sealed override void Accumulate(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        VectorKernels.Best.Product(responsibilities, into.Components, block.Panel, into.Dimension, block.Width, into.FirstMoments);
        AccumulateSquares(block, responsibilities, scratch, into);
    }

    internal sealed override void Recentre(MixtureStatistics statistics) => shape.Recentre(statistics);

    internal sealed override void Project(ReadOnlySpan<double> triangle, int dimension, double weight, Span<double> addTo) =>
        shape.Project(triangle, dimension, weight, addTo);

    internal sealed override Matrix<double> ToMatrix(ReadOnlySpan<double> values, int dimension) => shape.ToMatrix(values, dimension);

    /// <summary>Adds one block's second moments.</summary>
    private protected abstract void AccumulateSquares(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into);
}

/// <summary>Σ r_ij x_i² for each column.</summary>
internal sealed class DiagonalAboutOrigin(ScatterShape shape) : AboutOrigin(shape)
{
    private protected override void AccumulateSquares(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        VectorKernels.Best.Squares(block.Panel, into.Dimension, block.Width, scratch);
        VectorKernels.Best.Product(responsibilities, into.Components, scratch, into.Dimension, block.Width, into.Scatter);
    }
}

/// <summary>Σ r_ij |x_i|².</summary>
internal sealed class TraceAboutOrigin(ScatterShape shape) : AboutOrigin(shape)
{
    private protected override void AccumulateSquares(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        VectorKernels.Best.SquaredLengths(block.Panel, into.Dimension, block.Width, scratch);
        VectorKernels.Best.Product(responsibilities, into.Components, scratch, 1, block.Width, into.Scatter);
    }
}

/// <summary>
/// Σ_i w_i x_i x_iᵀ: it does not depend on the responsibilities, so the whole step takes n·d² + n·k·d flops.
/// </summary>
internal sealed class PooledAboutOrigin(ScatterShape shape) : AboutOrigin(shape)
{
    private protected override void AccumulateSquares(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        Span<double> origin = scratch[^into.Dimension..];
        Span<double> unused = scratch[^(2 * into.Dimension)..^into.Dimension];
        origin.Clear();
        VectorKernels.Best.SymmetricUpdate(block.Panel, origin, block.Weights, block.Width,
            scratch[..Panel.Stride], scratch[Panel.Stride..], unused, into.Scatter);
    }
}
