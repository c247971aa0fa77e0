using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Statistics;

/// <summary>
/// Σ_j Σ_i r_ij (x_i − c_j)(x_i − c_j)ᵀ, accumulated about the centres: right wherever they lie, at n·k·d² flops.
/// </summary>
internal sealed class PooledScatter : ScatterShape
{
    private readonly PooledAboutOrigin _aboutOrigin;

    public PooledScatter() => _aboutOrigin = new PooledAboutOrigin(this);

    internal override int Length(int components, int dimension) => Triangle.Length(dimension);

    internal override Range Slice(int component, int dimension) => Range.All;

    internal override ScatterShape ForReach(Func<double> reach) => reach() < SafeReach ? _aboutOrigin : this;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Accumulate(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        for (int j = 0; j < into.Components; j++)
        {
            VectorKernels.Best.SymmetricUpdate(block.Panel, into.Centre(j), Row(responsibilities, j), block.Width,
                scratch[..Panel.Stride], scratch[Panel.Stride..], into.FirstMoment(j), into.Scatter);
        }
    }

    internal override void Recentre(MixtureStatistics statistics)
    {
        for (int j = 0; j < statistics.Components; j++)
        {
            SubtractOuterProduct(statistics.Scatter, statistics.FirstMoment(j), statistics.Weights[j]);
        }
    }

    internal override void Project(ReadOnlySpan<double> triangle, int dimension, double weight, Span<double> addTo) =>
        Full.Project(triangle, dimension, weight, addTo);

    internal override double Share(double weight, double totalWeight) => weight / totalWeight;

    internal override void AddDiagonal(ReadOnlySpan<double> variances, double weight, Span<double> addTo) =>
        Full.AddDiagonal(variances, weight, addTo);

    internal override void CopyDiagonal(ReadOnlySpan<double> values, Span<double> diagonal) => Full.CopyDiagonal(values, diagonal);

    internal override double[] ToTriangle(ReadOnlySpan<double> values, int dimension) => values.ToArray();

    internal override ReadOnlySpan<double> TriangleOf(ReadOnlySpan<double> values, int dimension) => values;

    internal override int Matrices(int components) => 1;

    internal override void ToCoordinates(ReadOnlySpan<double> values, double weight, ReadOnlySpan<double> scale, Span<double> coordinates) =>
        Full.ToCoordinates(values, weight, scale, coordinates);

    internal override void FromCoordinates(ReadOnlySpan<double> coordinates, double weight, ReadOnlySpan<double> scale, Span<double> values) =>
        Full.FromCoordinates(coordinates, weight, scale, values);

    internal override void AddSquare(ReadOnlySpan<double> y, double weight, Span<double> addTo) => Full.AddSquare(y, weight, addTo);
}
