using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using GaussianMixtures.Statistics;

namespace GaussianMixtures;

/// <summary>
/// Which second moments a covariance type needs of the data, and so what an iteration costs: n·k·d² for
/// <see cref="Full"/>, n·d² + n·k·d for <see cref="Pooled"/>, n·k·d for the others.
/// </summary>
public abstract class ScatterShape
{
    /// <summary>
    /// Up to this many standard deviations from the origin, moments about the origin lose at most 100² roundings of the
    /// variance, 1e-12 of it.
    /// </summary>
    private protected const double SafeReach = 100;

    private protected ScatterShape()
    {
    }

    /// <summary>Of each component the whole matrix: its lower triangle, row after row, d(d + 1)/2 values.</summary>
    public static ScatterShape Full { get; } = new FullScatter();

    /// <summary>Of each component the diagonal, d values.</summary>
    public static ScatterShape Diagonal { get; } = new DiagonalScatter();

    /// <summary>Of each component the trace, 1 value.</summary>
    public static ScatterShape Trace { get; } = new TraceScatter();

    /// <summary>Of all components together the whole matrix, Σ_j of the matrices of <see cref="Full"/>.</summary>
    public static ScatterShape Pooled { get; } = new PooledScatter();

    /// <summary>No second moments at all.</summary>
    internal static ScatterShape None { get; } = new NoScatter();

    /// <summary>Doubles for all components together.</summary>
    internal abstract int Length(int components, int dimension);

    /// <summary>Where the values of one component stand.</summary>
    internal abstract Range Slice(int component, int dimension);

    /// <summary>
    /// The way to accumulate a pass. <paramref name="reach"/> tells how many of their component's standard deviations the centres
    /// lie away from the origin: up to <see cref="SafeReach"/>, moments about the origin will do, and matrix products yield them.
    /// </summary>
    internal virtual ScatterShape ForReach(Func<double> reach) => this;

    /// <summary>
    /// Whether moments about the centres determine those about the means: false where nearly all of a second moment belongs to the
    /// distance between the two, and subtracting that would leave its rounding. Asked before <see cref="Recentre"/>.
    /// </summary>
    internal virtual bool Determines(MixtureStatistics statistics) => true;

    /// <summary>Which of the two, both k x d, the moments are taken about: the current means, or zeros.</summary>
    internal virtual double[] Centres(double[] means, double[] origin) => means;

    /// <summary>Adds one block's moments about the centres of <paramref name="into"/>; N_j is already there.</summary>
    internal abstract void Accumulate(in RowBlock block, Span<double> responsibilities, Span<double> scratch, MixtureStatistics into);

    /// <summary>From moments about the centres to moments about the means, in place.</summary>
    internal abstract void Recentre(MixtureStatistics statistics);

    /// <summary>The values of this shape for one matrix given as its lower triangle.</summary>
    internal abstract void Project(ReadOnlySpan<double> triangle, int dimension, double weight, Span<double> addTo);

    /// <summary>How much of a <see cref="Slice"/> belongs to a component of the given weight.</summary>
    internal virtual double Share(double weight, double totalWeight) => 1;

    /// <summary>The diagonal of one component's matrix, as far as the shape knows it.</summary>
    internal abstract void CopyDiagonal(ReadOnlySpan<double> values, Span<double> diagonal);

    /// <summary>Adds weight · diag(variances) to one component's values.</summary>
    internal abstract void AddDiagonal(ReadOnlySpan<double> variances, double weight, Span<double> addTo);

    /// <summary>The lower triangle of one component's matrix, as far as the shape knows it.</summary>
    internal abstract double[] ToTriangle(ReadOnlySpan<double> values, int dimension);

    /// <summary>The same to read from; the values themselves, where these are the triangle.</summary>
    internal virtual ReadOnlySpan<double> TriangleOf(ReadOnlySpan<double> values, int dimension) => ToTriangle(values, dimension);

    /// <summary>So many matrices there are for k components.</summary>
    internal virtual int Matrices(int components) => components;

    /// <summary>Of the matrix of one slice, W / N, numbers without constraints: those of its root in units of the columns' deviations.</summary>
    internal abstract void ToCoordinates(ReadOnlySpan<double> values, double weight, ReadOnlySpan<double> scale, Span<double> coordinates);

    /// <summary>Back from what <see cref="ToCoordinates"/> writes.</summary>
    internal abstract void FromCoordinates(ReadOnlySpan<double> coordinates, double weight, ReadOnlySpan<double> scale, Span<double> values);

    /// <summary>Adds weight · y yᵀ, as far as the shape knows it, to one component's values.</summary>
    internal abstract void AddSquare(ReadOnlySpan<double> y, double weight, Span<double> addTo);

    /// <summary>The responsibilities of one component in a block.</summary>
    private protected static ReadOnlySpan<double> Row(Span<double> responsibilities, int component) =>
        responsibilities.Slice(component * Panel.Stride, Panel.Stride);

    /// <summary>triangle −= s sᵀ / N: from moments about a centre to moments about the mean that lies s / N away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected static void SubtractOuterProduct(Span<double> triangle, ReadOnlySpan<double> s, double n)
    {
        if (n > 0)
        {
            for (int i = 0, at = 0; i < s.Length; i++)
            {
                for (int j = 0; j <= i; j++, at++)
                {
                    triangle[at] -= s[i] / n * s[j];
                }
            }
        }
    }
}
