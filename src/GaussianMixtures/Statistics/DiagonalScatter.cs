using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Statistics;

/// <inheritdoc cref="ScatterShape.Diagonal"/>
internal sealed class DiagonalScatter : ScatterShape
{
    private readonly DiagonalAboutOrigin _aboutOrigin;

    public DiagonalScatter() => _aboutOrigin = new DiagonalAboutOrigin(this);

    internal override ScatterShape ForReach(Func<double> reach) => reach() < SafeReach ? _aboutOrigin : this;

    internal override int Length(int components, int dimension) => components * dimension;

    internal override Range Slice(int component, int dimension) => (component * dimension)..((component + 1) * dimension);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Accumulate(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        for (int j = 0; j < into.Components; j++)
        {
            VectorKernels.Best.FirstAndSecondMoments(block.Panel, into.Centre(j), Row(responsibilities, j), block.Width,
                into.FirstMoment(j), into.Scatter[Slice(j, into.Dimension)]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Recentre(MixtureStatistics statistics)
    {
        for (int j = 0; j < statistics.Components; j++)
        {
            double n = statistics.Weights[j];
            ReadOnlySpan<double> s = statistics.FirstMoment(j);
            Span<double> scatter = statistics.Scatter[Slice(j, statistics.Dimension)];
            for (int i = 0; i < s.Length && n > 0; i++)
            {
                scatter[i] -= s[i] / n * s[i];
            }
        }
    }

    internal override void Project(ReadOnlySpan<double> triangle, int dimension, double weight, Span<double> addTo)
    {
        for (int i = 0; i < dimension; i++)
        {
            addTo[i] += weight * triangle[Triangle.Index(i, i)];
        }
    }

    internal override void AddDiagonal(ReadOnlySpan<double> variances, double weight, Span<double> addTo)
    {
        for (int i = 0; i < variances.Length; i++)
        {
            addTo[i] += weight * variances[i];
        }
    }

    internal override void CopyDiagonal(ReadOnlySpan<double> values, Span<double> diagonal) => values.CopyTo(diagonal);

    internal override double[] ToTriangle(ReadOnlySpan<double> values, int dimension)
    {
        double[] triangle = new double[Triangle.Length(dimension)];
        for (int i = 0; i < dimension; i++)
        {
            triangle[Triangle.Index(i, i)] = values[i];
        }

        return triangle;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void ToCoordinates(ReadOnlySpan<double> values, double weight, ReadOnlySpan<double> scale, Span<double> coordinates)
    {
        for (int i = 0; i < values.Length; i++)
        {
            coordinates[i] = LengthCoordinate.Of(Math.Sqrt(Math.Max(0, values[i] / weight)) / scale[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void FromCoordinates(ReadOnlySpan<double> coordinates, double weight, ReadOnlySpan<double> scale, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double deviation = LengthCoordinate.ToLength(coordinates[i]) * scale[i];
            values[i] = weight * deviation * deviation;
        }
    }

    internal override void AddSquare(ReadOnlySpan<double> y, double weight, Span<double> addTo)
    {
        for (int i = 0; i < y.Length; i++)
        {
            addTo[i] += weight * y[i] * y[i];
        }
    }
}
