using System.Runtime.Intrinsics;

namespace GaussianMixtures.Kernels;

/// <summary>
/// The kernels for one register width. The rest of the library calls <see cref="Best"/>, once per block and component; the
/// one choice about hardware is made here.
/// </summary>
internal abstract class VectorKernels
{
    /// <summary>The widest registers this machine runs at full speed.</summary>
    public static VectorKernels Best { get; } =
        Vector512.IsHardwareAccelerated ? new VectorKernels<Lanes512>() : new VectorKernels<Lanes256>();

    /// <inheritdoc cref="Standardize{V}.Row"/>
    public abstract bool Standardize(Span<double> row, double shift, double scale, int width);

    /// <inheritdoc cref="TriangularSolve{V}.Solve"/>
    public abstract void TriangularSolve(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, ReadOnlySpan<double> factor,
        int width, Span<double> solved, Span<double> distances, Span<double> whitened);

    /// <inheritdoc cref="Distances{V}.Euclidean"/>
    public abstract void EuclideanDistances(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, int width,
        Span<double> distances);

    /// <inheritdoc cref="Distances{V}.Scaled"/>
    public abstract void ScaledDistances(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, ReadOnlySpan<double> scale,
        int width, Span<double> distances);

    /// <inheritdoc cref="LogSumExp{V}.FromDistances"/>
    public abstract void FromDistances(Span<double> values, double offset, double scale, int width);

    /// <inheritdoc cref="LogSumExp{V}.Normalize"/>
    public abstract double Normalize(Span<double> values, int components, ReadOnlySpan<double> weights, int width,
        Span<double> logDensities);

    /// <inheritdoc cref="BoxMuller{V}.Transform"/>
    public abstract void BoxMuller(Span<double> first, Span<double> second);

    /// <inheritdoc cref="Vectors{V}.Dot"/>
    public abstract double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right);

    /// <inheritdoc cref="Vectors{V}.Add"/>
    public abstract void Add(Span<double> target, ReadOnlySpan<double> addend);

    /// <inheritdoc cref="Vectors{V}.Multiply"/>
    public abstract void Multiply(ReadOnlySpan<double> values, double factor, Span<double> product);

    /// <inheritdoc cref="Moments{V}.RowSums"/>
    public abstract void RowSums(ReadOnlySpan<double> panel, int width, Span<double> sums);

    /// <inheritdoc cref="PanelProduct{V}.Accumulate"/>
    public abstract void Product(ReadOnlySpan<double> left, int leftRows, ReadOnlySpan<double> right, int rightRows, int width,
        Span<double> product);

    /// <inheritdoc cref="Moments{V}.Squares"/>
    public abstract void Squares(ReadOnlySpan<double> panel, int rows, int width, Span<double> squares);

    /// <inheritdoc cref="Moments{V}.SquaredLengths"/>
    public abstract void SquaredLengths(ReadOnlySpan<double> panel, int rows, int width, Span<double> squares);

    /// <inheritdoc cref="Moments{V}.FirstAndSecond"/>
    public abstract void FirstAndSecondMoments(ReadOnlySpan<double> panel, ReadOnlySpan<double> centre,
        ReadOnlySpan<double> weights, int width, Span<double> first, Span<double> second);

    /// <summary>
    /// scatter += Σ_s r[s] (x_s − c)(x_s − c)ᵀ (lower triangle) and first += Σ_s r[s] (x_s − c);
    /// <paramref name="roots"/> and <paramref name="scaled"/> are scratch.
    /// </summary>
    public abstract void SymmetricUpdate(ReadOnlySpan<double> panel, ReadOnlySpan<double> centre, ReadOnlySpan<double> weights,
        int width, Span<double> roots, Span<double> scaled, Span<double> first, Span<double> scatter);
}

/// <inheritdoc/>
internal sealed class VectorKernels<V> : VectorKernels
    where V : struct, ILanes<V>
{
    public override bool Standardize(Span<double> row, double shift, double scale, int width) =>
        Standardize<V>.Row(row, shift, scale, width);

    public override void TriangularSolve(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, ReadOnlySpan<double> factor,
        int width, Span<double> solved, Span<double> distances, Span<double> whitened) =>
        TriangularSolve<V>.Solve(panel, mean, factor, width, solved, distances, whitened);

    public override void EuclideanDistances(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, int width,
        Span<double> distances) =>
        Distances<V>.Euclidean(panel, mean, width, distances);

    public override void ScaledDistances(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, ReadOnlySpan<double> scale,
        int width, Span<double> distances) =>
        Distances<V>.Scaled(panel, mean, scale, width, distances);

    public override void FromDistances(Span<double> values, double offset, double scale, int width) =>
        LogSumExp<V>.FromDistances(values, offset, scale, width);

    public override double Normalize(Span<double> values, int components, ReadOnlySpan<double> weights, int width,
        Span<double> logDensities) =>
        LogSumExp<V>.Normalize(values, components, weights, width, logDensities);

    public override void BoxMuller(Span<double> first, Span<double> second) => BoxMuller<V>.Transform(first, second);

    public override double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right) => Vectors<V>.Dot(left, right);

    public override void Add(Span<double> target, ReadOnlySpan<double> addend) => Vectors<V>.Add(target, addend);

    public override void Multiply(ReadOnlySpan<double> values, double factor, Span<double> product) =>
        Vectors<V>.Multiply(values, factor, product);

    public override void RowSums(ReadOnlySpan<double> panel, int width, Span<double> sums) =>
        Moments<V>.RowSums(panel, width, sums);

    public override void Product(ReadOnlySpan<double> left, int leftRows, ReadOnlySpan<double> right, int rightRows, int width,
        Span<double> product) =>
        PanelProduct<V>.Accumulate(left, leftRows, right, rightRows, width, product);

    public override void Squares(ReadOnlySpan<double> panel, int rows, int width, Span<double> squares) =>
        Moments<V>.Squares(panel, rows, width, squares);

    public override void SquaredLengths(ReadOnlySpan<double> panel, int rows, int width, Span<double> squares) =>
        Moments<V>.SquaredLengths(panel, rows, width, squares);

    public override void FirstAndSecondMoments(ReadOnlySpan<double> panel, ReadOnlySpan<double> centre,
        ReadOnlySpan<double> weights, int width, Span<double> first, Span<double> second) =>
        Moments<V>.FirstAndSecond(panel, centre, weights, width, first, second);

    public override void SymmetricUpdate(ReadOnlySpan<double> panel, ReadOnlySpan<double> centre, ReadOnlySpan<double> weights,
        int width, Span<double> roots, Span<double> scaled, Span<double> first, Span<double> scatter)
    {
        SymmetricUpdate<V>.Roots(weights, width, roots);
        SymmetricUpdate<V>.Scale(panel, centre, roots, width, scaled, first);
        SymmetricUpdate<V>.Accumulate(scaled, centre.Length, width, scatter);
    }
}
