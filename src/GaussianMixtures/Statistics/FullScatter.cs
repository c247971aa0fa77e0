using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Statistics;

/// <inheritdoc cref="ScatterShape.Full"/>
internal sealed class FullScatter : ScatterShape
{
    /// <summary>Numbers that fit on the stack: the triangle of 16 columns.</summary>
    private const int Few = 136;

    internal override int Length(int components, int dimension) => components * Triangle.Length(dimension);

    internal override Range Slice(int component, int dimension) =>
        (component * Triangle.Length(dimension))..((component + 1) * Triangle.Length(dimension));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Accumulate(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        for (int j = 0; j < into.Components; j++)
        {
            VectorKernels.Best.SymmetricUpdate(block.Panel, into.Centre(j), Row(responsibilities, j), block.Width,
                scratch[..Panel.Stride], scratch[Panel.Stride..], into.FirstMoment(j), into.Scatter[Slice(j, into.Dimension)]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Recentre(MixtureStatistics statistics)
    {
        for (int j = 0; j < statistics.Components; j++)
        {
            SubtractOuterProduct(statistics.Scatter[Slice(j, statistics.Dimension)], statistics.FirstMoment(j), statistics.Weights[j]);
        }
    }

    internal override void Project(ReadOnlySpan<double> triangle, int dimension, double weight, Span<double> addTo)
    {
        for (int at = 0; at < triangle.Length; at++)
        {
            addTo[at] += weight * triangle[at];
        }
    }

    internal override void AddDiagonal(ReadOnlySpan<double> variances, double weight, Span<double> addTo)
    {
        for (int i = 0; i < variances.Length; i++)
        {
            addTo[Triangle.Index(i, i)] += weight * variances[i];
        }
    }

    internal override void CopyDiagonal(ReadOnlySpan<double> values, Span<double> diagonal)
    {
        for (int i = 0; i < diagonal.Length; i++)
        {
            diagonal[i] = values[Triangle.Index(i, i)];
        }
    }

    internal override double[] ToTriangle(ReadOnlySpan<double> values, int dimension) => values.ToArray();

    internal override ReadOnlySpan<double> TriangleOf(ReadOnlySpan<double> values, int dimension) => values;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void ToCoordinates(ReadOnlySpan<double> values, double weight, ReadOnlySpan<double> scale, Span<double> coordinates)
    {
        SemidefiniteFactor.Lower(values, scale.Length, coordinates);
        double unit = 1 / Math.Sqrt(weight);
        for (int i = 0; i < scale.Length; i++)
        {
            Span<double> row = coordinates.Slice(Triangle.Index(i, 0), i + 1);
            VectorKernels.Best.Multiply(row, unit / scale[i], row);
            row[i] = LengthCoordinate.Of(row[i]);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void FromCoordinates(ReadOnlySpan<double> coordinates, double weight, ReadOnlySpan<double> scale, Span<double> values)
    {
        Span<double> lower = values.Length > Few ? new double[values.Length] : stackalloc double[Few];
        lower = lower[..values.Length];
        coordinates.CopyTo(lower);
        double unit = Math.Sqrt(weight);
        for (int i = 0; i < scale.Length; i++)
        {
            Span<double> row = lower.Slice(Triangle.Index(i, 0), i + 1);
            row[i] = LengthCoordinate.ToLength(row[i]);
            VectorKernels.Best.Multiply(row, unit * scale[i], row);
        }

        Cholesky.Product(lower, scale.Length, values);
    }

    internal override void AddSquare(ReadOnlySpan<double> y, double weight, Span<double> addTo)
    {
        for (int i = 0, at = 0; i < y.Length; i++)
        {
            for (int j = 0; j <= i; j++, at++)
            {
                addTo[at] += weight * y[i] * y[j];
            }
        }
    }
}
