using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GaussianMixtures.Kernels;

/// <summary>
/// The kernels for one register width. The rest of the library calls <see cref="Best"/>, once per block and component; the
/// one choice about hardware is made here.
/// </summary>
internal abstract class VectorKernels
{
    /// <summary>Shorter vectors, such as the rows of small matrices, are done before a call has begun.</summary>
    private const int WorthACall = 8;

    /// <summary>The widest registers this machine runs at full speed.</summary>
    public static VectorKernels Best { get; } =
        Vector512.IsHardwareAccelerated ? new VectorKernels<Lanes512>() : new VectorKernels<Lanes256>();

    private static VectorKernels Narrow { get; } = new VectorKernels<Lanes256>();

    /// <summary>Those for components side by side in rows of this width: a narrow row is not one wide register.</summary>
    public static VectorKernels ForRows(int width) => width > SideBySide.Narrow ? Best : Narrow;

    /// <inheritdoc cref="Standardize{V}.Row"/>
    public abstract bool Standardize(Span<double> row, double shift, double scale, int width);

    /// <summary>
    /// exponents[s] = offset − |L⁻¹(x_s − m)|² / 2 for every sample of a panel, where <paramref name="factor"/> holds L as
    /// <see cref="PackedFactor"/> lays it out; <paramref name="solved"/> is scratch.
    /// </summary>
    public abstract void Exponents(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, ReadOnlySpan<double> factor, double offset,
        int width, Span<double> solved, Span<double> exponents);

    /// <summary>whitened[·,s] = L⁻¹(x_s − m) for every sample of a panel; <paramref name="solved"/> is scratch.</summary>
    public abstract void Whiten(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, ReadOnlySpan<double> factor, int width,
        Span<double> solved, Span<double> whitened);

    /// <inheritdoc cref="Distances{V}.Euclidean"/>
    public abstract void EuclideanExponents(ReadOnlySpan<double> panel, ReadOnlySpan<double> means, ReadOnlySpan<double> offsets,
        ReadOnlySpan<double> scales, int width, Span<double> exponents);

    /// <inheritdoc cref="Distances{V}.Scaled"/>
    public abstract void ScaledExponents(ReadOnlySpan<double> panel, ReadOnlySpan<double> means, ReadOnlySpan<double> scales,
        ReadOnlySpan<double> offsets, int width, Span<double> exponents);

    /// <inheritdoc cref="LogSumExp{V}.Normalize"/>
    public abstract double Normalize(Span<double> values, int components, ReadOnlySpan<double> weights, int width,
        Span<double> logDensities);

    /// <inheritdoc cref="LogSumExp{V}.WeightedPeaks"/>
    public abstract double WeightedPeaks(ReadOnlySpan<double> values, int components, ReadOnlySpan<double> weights, int width);

    /// <inheritdoc cref="BoxMuller{V}.Transform"/>
    public abstract void BoxMuller(Span<double> first, Span<double> second);

    /// <inheritdoc cref="Vectors{V}.Dot"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        if (left.Length >= WorthACall)
        {
            return LongDot(left, right);
        }

        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <inheritdoc cref="Vectors{V}.Add"/>
    public abstract void Add(Span<double> target, ReadOnlySpan<double> addend);

    /// <inheritdoc cref="Vectors{V}.Multiply"/>
    public abstract void Multiply(ReadOnlySpan<double> values, double factor, Span<double> product);

    /// <inheritdoc cref="Vectors{V}.Rotate"/>
    /// <returns>The squared lengths of both.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double P, double Q) Rotate(Span<double> p, Span<double> q, double cosine, double sine)
    {
        if (p.Length >= WorthACall)
        {
            LongRotate(p, q, cosine, sine);
            return (LongDot(p, p), LongDot(q, q));
        }

        q = q[..p.Length];
        double squareOfP = 0;
        double squareOfQ = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double first = (cosine * p[i]) - (sine * q[i]);
            double second = (sine * p[i]) + (cosine * q[i]);
            (p[i], q[i]) = (first, second);
            squareOfP += first * first;
            squareOfQ += second * second;
        }

        return (squareOfP, squareOfQ);
    }

    protected abstract double LongDot(ReadOnlySpan<double> left, ReadOnlySpan<double> right);

    protected abstract void LongRotate(Span<double> p, Span<double> q, double cosine, double sine);

    /// <inheritdoc cref="SideBySide{V}.TracesOfQuotient"/>
    public abstract void TracesOfQuotient(ReadOnlySpan<double> lower, ReadOnlySpan<double> factors, int d, Span<double> scratch, Span<double> traces);

    /// <inheritdoc cref="ColumnTurns{V}.Orthogonalize"/>
    public abstract void Orthogonalize(Span<double> columns, Span<double> squares, int d, int mostSweeps);

    /// <inheritdoc cref="AxisTurn{V}.Project"/>
    public abstract void Project(ReadOnlySpan<double> roots, ReadOnlySpan<double> axis, Span<double> panel);

    /// <inheritdoc cref="AxisTurn{V}.Measure"/>
    public abstract TurnSums MeasureTurn(ReadOnlySpan<double> p, ReadOnlySpan<double> q, Span<double> shares, double power);

    /// <inheritdoc cref="AxisTurn{V}.Turn"/>
    public abstract void Turn(Span<double> p, Span<double> q, int width, double cosine, double sine);

    /// <inheritdoc cref="Moments{V}.RowSums"/>
    public abstract void RowSums(ReadOnlySpan<double> panel, int width, Span<double> sums);

    /// <inheritdoc cref="Moments{V}.LargestMagnitude"/>
    public abstract double LargestMagnitude(ReadOnlySpan<double> row);

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
/// <remarks>Optimised at once, as all that runs per block: a short fit would be over before the runtime's tiers get to it.</remarks>
internal sealed class VectorKernels<V> : VectorKernels
    where V : struct, ILanes<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Standardize(Span<double> row, double shift, double scale, int width) =>
        Standardize<V>.Row(row, shift, scale, width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Exponents(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, ReadOnlySpan<double> factor, double offset,
        int width, Span<double> solved, Span<double> exponents)
    {
        if (mean.Length == 2)
        {
            Plane<V>.Exponents(panel, mean, factor, offset, width, exponents);
        }
        else
        {
            TriangularSolve<V>.Solve(panel, mean, factor, width, solved, offset, exponents, []);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Whiten(ReadOnlySpan<double> panel, ReadOnlySpan<double> mean, ReadOnlySpan<double> factor, int width,
        Span<double> solved, Span<double> whitened) =>
        TriangularSolve<V>.Solve(panel, mean, factor, width, solved, 0, [], whitened);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void EuclideanExponents(ReadOnlySpan<double> panel, ReadOnlySpan<double> means, ReadOnlySpan<double> offsets,
        ReadOnlySpan<double> scales, int width, Span<double> exponents) =>
        Distances<V>.Euclidean(panel, means, offsets, scales, width, exponents);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ScaledExponents(ReadOnlySpan<double> panel, ReadOnlySpan<double> means, ReadOnlySpan<double> scales,
        ReadOnlySpan<double> offsets, int width, Span<double> exponents) =>
        Distances<V>.Scaled(panel, means, scales, offsets, width, exponents);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Normalize(Span<double> values, int components, ReadOnlySpan<double> weights, int width,
        Span<double> logDensities) =>
        LogSumExp<V>.Normalize(values, components, weights, width, logDensities);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double WeightedPeaks(ReadOnlySpan<double> values, int components, ReadOnlySpan<double> weights, int width) =>
        LogSumExp<V>.WeightedPeaks(values, components, weights, width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BoxMuller(Span<double> first, Span<double> second) => BoxMuller<V>.Transform(first, second);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override double LongDot(ReadOnlySpan<double> left, ReadOnlySpan<double> right) => Vectors<V>.Dot(left, right);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(Span<double> target, ReadOnlySpan<double> addend) => Vectors<V>.Add(target, addend);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(ReadOnlySpan<double> values, double factor, Span<double> product) =>
        Vectors<V>.Multiply(values, factor, product);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void LongRotate(Span<double> p, Span<double> q, double cosine, double sine) => Vectors<V>.Rotate(p, q, cosine, sine);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void TracesOfQuotient(ReadOnlySpan<double> lower, ReadOnlySpan<double> factors, int d, Span<double> scratch, Span<double> traces) =>
        SideBySide<V>.TracesOfQuotient(lower, factors, d, scratch, traces);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Orthogonalize(Span<double> columns, Span<double> squares, int d, int mostSweeps) =>
        ColumnTurns<V>.Orthogonalize(columns, squares, d, mostSweeps);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Project(ReadOnlySpan<double> roots, ReadOnlySpan<double> axis, Span<double> panel) =>
        AxisTurn<V>.Project(roots, axis, panel);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override TurnSums MeasureTurn(ReadOnlySpan<double> p, ReadOnlySpan<double> q, Span<double> shares, double power) =>
        AxisTurn<V>.Measure(p, q, shares, power);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Turn(Span<double> p, Span<double> q, int width, double cosine, double sine) =>
        AxisTurn<V>.Turn(p, q, width, cosine, sine);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void RowSums(ReadOnlySpan<double> panel, int width, Span<double> sums) =>
        Moments<V>.RowSums(panel, width, sums);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double LargestMagnitude(ReadOnlySpan<double> row) => Moments<V>.LargestMagnitude(row);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Product(ReadOnlySpan<double> left, int leftRows, ReadOnlySpan<double> right, int rightRows, int width,
        Span<double> product) =>
        PanelProduct<V>.Accumulate(left, leftRows, right, rightRows, width, product);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Squares(ReadOnlySpan<double> panel, int rows, int width, Span<double> squares) =>
        Moments<V>.Squares(panel, rows, width, squares);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void SquaredLengths(ReadOnlySpan<double> panel, int rows, int width, Span<double> squares) =>
        Moments<V>.SquaredLengths(panel, rows, width, squares);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void FirstAndSecondMoments(ReadOnlySpan<double> panel, ReadOnlySpan<double> centre,
        ReadOnlySpan<double> weights, int width, Span<double> first, Span<double> second) =>
        Moments<V>.FirstAndSecond(panel, centre, weights, width, first, second);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void SymmetricUpdate(ReadOnlySpan<double> panel, ReadOnlySpan<double> centre, ReadOnlySpan<double> weights,
        int width, Span<double> roots, Span<double> scaled, Span<double> first, Span<double> scatter)
    {
        if (centre.Length == 2)
        {
            Plane<V>.Update(panel, centre, weights, width, first, scatter);
            return;
        }

        if (centre.Length is 3 or 4)
        {
            Space<V>.Update(panel, centre, weights, width, first, scatter);
            return;
        }

        SymmetricUpdate<V>.Roots(weights, width, roots);
        SymmetricUpdate<V>.Scale(panel, centre, roots, width, scaled, first);
        SymmetricUpdate<V>.Accumulate(scaled, centre.Length, width, scatter);
    }
}
