using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Statistics;

/// <inheritdoc cref="ScatterShape.None"/>
internal sealed class NoScatter : ScatterShape
{
    internal override int Length(int components, int dimension) => 0;

    internal override Range Slice(int component, int dimension) => 0..0;

    internal override double[] Centres(double[] means, double[] origin) => origin;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Accumulate(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into) =>
        VectorKernels.Best.Product(responsibilities, into.Components, block.Panel, into.Dimension, block.Width, into.FirstMoments);

    internal override void Recentre(MixtureStatistics statistics)
    {
    }

    internal override void Project(ReadOnlySpan<double> triangle, int dimension, double weight, Span<double> addTo)
    {
    }

    internal override void AddDiagonal(ReadOnlySpan<double> variances, double weight, Span<double> addTo)
    {
    }

    internal override void CopyDiagonal(ReadOnlySpan<double> values, Span<double> diagonal) => diagonal.Clear();

    internal override double[] ToTriangle(ReadOnlySpan<double> values, int dimension) => new double[Triangle.Length(dimension)];

    internal override void ToCoordinates(ReadOnlySpan<double> values, double weight, ReadOnlySpan<double> scale, Span<double> coordinates)
    {
    }

    internal override void FromCoordinates(ReadOnlySpan<double> coordinates, double weight, ReadOnlySpan<double> scale, Span<double> values)
    {
    }

    internal override void AddSquare(ReadOnlySpan<double> y, double weight, Span<double> addTo)
    {
    }
}
