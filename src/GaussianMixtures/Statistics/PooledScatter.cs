using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Statistics;

/// <summary>
/// Σ_j Σ_i r_ij (x_i − c_j)(x_i − c_j)ᵀ, accumulated about the centres: right wherever they lie, at n·k·d² flops.
/// </summary>
internal sealed class PooledScatter : ScatterShape
{
    /// <summary>
    /// Up to this many standard deviations from the origin, moments about the origin lose at most 100² roundings of the
    /// variance, 1e-12 of it.
    /// </summary>
    private const double SafeReach = 100;

    private static readonly ScatterShape AboutOrigin = new PooledScatterAboutOrigin();

    internal override int Length(int components, int dimension) => Triangle.Length(dimension);

    internal override Range Slice(int component, int dimension) => Range.All;

    internal override ScatterShape ForReach(Func<double> reach) => reach() < SafeReach ? AboutOrigin : this;

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

    internal override Matrix<double> ToMatrix(ReadOnlySpan<double> values, int dimension) => Triangle.ToMatrix(values, dimension);
}

/// <summary>
/// The same sum as Σ_i w_i x_i x_iᵀ − Σ_j N_j m_j m_jᵀ: the first term does not depend on the responsibilities, which leaves
/// n·d² + n·k·d flops. For means near the origin of the packed data.
/// </summary>
internal sealed class PooledScatterAboutOrigin : ScatterShape
{
    internal override int Length(int components, int dimension) => Pooled.Length(components, dimension);

    internal override Range Slice(int component, int dimension) => Range.All;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Accumulate(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into)
    {
        for (int j = 0; j < into.Components; j++)
        {
            VectorKernels.Best.FirstMoments(block.Panel, into.Centre(j), Row(responsibilities, j), block.Width, into.FirstMoment(j));
        }

        Span<double> origin = scratch[^into.Dimension..];
        Span<double> unused = scratch[^(2 * into.Dimension)..^into.Dimension];
        origin.Clear();
        VectorKernels.Best.SymmetricUpdate(block.Panel, origin, block.Weights, block.Width,
            scratch[..Panel.Stride], scratch[Panel.Stride..], unused, into.Scatter);
    }

    internal override void Recentre(MixtureStatistics statistics)
    {
        double[] means = statistics.Means();
        Span<double> sum = new double[statistics.Dimension];
        for (int j = 0; j < statistics.Components; j++)
        {
            double n = statistics.Weights[j];
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] = n * means[(j * sum.Length) + i];
            }

            SubtractOuterProduct(statistics.Scatter, sum, n);
        }
    }

    internal override void Project(ReadOnlySpan<double> triangle, int dimension, double weight, Span<double> addTo) =>
        Pooled.Project(triangle, dimension, weight, addTo);

    internal override Matrix<double> ToMatrix(ReadOnlySpan<double> values, int dimension) => Triangle.ToMatrix(values, dimension);
}
