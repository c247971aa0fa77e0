using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Statistics;

/// <inheritdoc cref="ScatterShape.Trace"/>
internal sealed class TraceScatter : ScatterShape
{
    private readonly TraceAboutOrigin _aboutOrigin;

    public TraceScatter() => _aboutOrigin = new TraceAboutOrigin(this);

    internal override ScatterShape ForReach(Func<double> reach) => reach() < SafeReach ? _aboutOrigin : this;

    internal override int Length(int components, int dimension) => components;

    internal override Range Slice(int component, int dimension) => component..(component + 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Accumulate(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        Span<double> second = scratch[..into.Dimension];
        for (int j = 0; j < into.Components; j++)
        {
            second.Clear();
            VectorKernels.Best.FirstAndSecondMoments(block.Panel, into.Centre(j), Row(responsibilities, j), block.Width,
                into.FirstMoment(j), second);
            foreach (double value in second)
            {
                into.Scatter[j] += value;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Recentre(MixtureStatistics statistics)
    {
        for (int j = 0; j < statistics.Components; j++)
        {
            if (statistics.Weights[j] > 0)
            {
                foreach (double s in statistics.FirstMoment(j))
                {
                    statistics.Scatter[j] -= s / statistics.Weights[j] * s;
                }
            }
        }
    }

    internal override void Project(ReadOnlySpan<double> triangle, int dimension, double weight, Span<double> addTo)
    {
        for (int i = 0; i < dimension; i++)
        {
            addTo[0] += weight * triangle[Triangle.Index(i, i)];
        }
    }

    internal override void AddDiagonal(ReadOnlySpan<double> variances, double weight, Span<double> addTo)
    {
        for (int i = 0; i < variances.Length; i++)
        {
            addTo[0] += weight * variances[i];
        }
    }

    internal override void CopyDiagonal(ReadOnlySpan<double> values, Span<double> diagonal) => diagonal.Fill(values[0] / diagonal.Length);

    internal override double[] ToTriangle(ReadOnlySpan<double> values, int dimension)
    {
        double[] diagonal = new double[dimension];
        CopyDiagonal(values, diagonal);
        return Diagonal.ToTriangle(diagonal, dimension);
    }

    internal override void ToCoordinates(ReadOnlySpan<double> values, double weight, ReadOnlySpan<double> scale, Span<double> coordinates) =>
        coordinates[0] = LengthCoordinate.Of(Math.Sqrt(Math.Max(0, values[0] / weight)) / Whole(scale));

    internal override void FromCoordinates(ReadOnlySpan<double> coordinates, double weight, ReadOnlySpan<double> scale, Span<double> values)
    {
        double deviation = LengthCoordinate.ToLength(coordinates[0]) * Whole(scale);
        values[0] = weight * deviation * deviation;
    }

    private static double Whole(ReadOnlySpan<double> scale) => Math.Sqrt(VectorKernels.Best.Dot(scale, scale));

    internal override void AddSquare(ReadOnlySpan<double> y, double weight, Span<double> addTo)
    {
        foreach (double value in y)
        {
            addTo[0] += weight * value * value;
        }
    }
}
