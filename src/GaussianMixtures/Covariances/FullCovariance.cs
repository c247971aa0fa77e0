using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Covariances;

/// <summary>A symmetric matrix, kept as its lower triangle and, once asked for, its packed Cholesky factor.</summary>
/// <param name="triangle">Kept, not copied.</param>
/// <param name="dimension">d.</param>
/// <param name="arrays">Where to take the factor's array from, if from anywhere; asked at once, by the thread it is for.</param>
internal sealed partial class FullCovariance(double[] triangle, int dimension, LoopArrays? arrays = null) : Covariance(dimension)
{
    /// <summary>The distance from 1 to the next double.</summary>
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>A <see cref="CovarianceFactor"/>, made on first use and then kept; two threads would make the same, in arrays of their own.</summary>
    private double[]? _factor;

    /// <summary>An array for it, for who comes first.</summary>
    private double[]? _room = arrays is null ? null : LoopArrays.Take(arrays, CovarianceFactor.Length(dimension));

    internal override double LogDeterminant => Factored.LogDeterminant;

    /// <summary>A pivot below this share of its diagonal element is rounding: the column depends on earlier ones.</summary>
    private double PivotTolerance => 8 * Dimension * Epsilon;

    private CovarianceFactor Factored => IsRegular
        ? new CovarianceFactor(_factor!, Dimension)
        : throw new InvalidOperationException("A covariance was used before it was found to be positive definite.");

    private bool IsRegular => (_factor ??= TryFactor()) is not null;

    public override Matrix<double> ToMatrix() => Triangle.ToMatrix(triangle, Dimension);

    internal override CovarianceForm Form => CovarianceForm.Full;

    internal override double[] ToValues() => ToTriangle();

    internal override double[] ToTriangle() => triangle.AsSpan().ToArray();

    internal override void AddTo(ScatterShape shape, double weight, Span<double> scatter) => shape.Project(triangle, Dimension, weight, scatter);

    internal override double Variance(int column) => triangle[Triangle.Index(column, column)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Exponents(in RowBlock block, ReadOnlySpan<double> mean, double offset, Span<double> scratch, Span<double> exponents) =>
        VectorKernels.Best.Exponents(block.Panel, mean, Factored.Packed, offset, block.Width, scratch, exponents);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Whiten(in RowBlock block, Span<double> scratch, Span<double> whitened)
    {
        Span<double> origin = Dimension > CovarianceFactor.Few ? new double[Dimension] : stackalloc double[Dimension];
        origin.Clear();
        VectorKernels.Best.Whiten(block.Panel, origin, Factored.Packed, block.Width, scratch, whitened);
    }

    internal override void Whiten(ReadOnlySpan<double> point, Span<double> whitened) =>
        PackedFactor.Solve(Factored.Packed, point, whitened);

    [SkipLocalsInit]
    internal override double Reach(ReadOnlySpan<double> x)
    {
        bool isFew = triangle.Length <= CovarianceFactor.Few;
        Span<double> lower = isFew ? stackalloc double[CovarianceFactor.Few] : new double[triangle.Length];
        Span<double> column = (isFew ? stackalloc double[CovarianceFactor.Few] : new double[Dimension])[..Dimension];
        Span<double> sum = (isFew ? stackalloc double[CovarianceFactor.Few] : new double[Dimension])[..Dimension];
        lower = lower[..triangle.Length];
        Factored.CopyLowerTo(lower);
        sum.Clear();
        for (int c = 0; c < Dimension; c++)
        {
            // Column c of L⁻¹, times x[c].
            column[c..].Clear();
            column[c] = x[c];
            Cholesky.SolveForward(lower, column, c);
            for (int i = c; i < Dimension; i++)
            {
                sum[i] += Math.Abs(column[i]);
            }
        }

        return Math.Sqrt(VectorKernels.Best.Dot(sum, sum));
    }

    internal override double[] ToRoot() => Factored.ToLower();

    internal override double TraceOfInverseTimes(Covariance other)
    {
        double[] lower = ToRoot();
        double[] root = other.ToRoot();
        double[] column = new double[Dimension];
        double trace = 0;
        for (int c = 0; c < Dimension; c++)
        {
            for (int i = c; i < Dimension; i++)
            {
                column[i] = root[Triangle.Index(i, c)];
            }

            Cholesky.SolveForward(lower, column, c);
            trace += VectorKernels.Best.Dot(column.AsSpan(c), column.AsSpan(c));
        }

        return trace;
    }

    internal override void Color(Span<double> draws)
    {
        double[] lower = Factored.ToLower();
        for (int row = 0; row < draws.Length; row += Dimension)
        {
            // From the last value up: element i of the product needs the draws up to i only.
            Span<double> values = draws.Slice(row, Dimension);
            for (int i = Dimension - 1; i >= 0; i--)
            {
                values[i] = VectorKernels.Best.Dot(lower.AsSpan(Triangle.Index(i, 0), i + 1), values[..(i + 1)]);
            }
        }
    }

    internal override Covariance ScaleBy(int exponent) =>
        exponent == 0 ? this : new FullCovariance(Array.ConvertAll(triangle, value => Math.ScaleB(value, 2 * exponent)), Dimension);

    [SkipLocalsInit]
    internal override double TraceOfQuotient(ComponentScatters scatters, int component)
    {
        if (Dimension <= PackedFactor.MostInRows)
        {
            return PackedFactor.TraceOfQuotient(Factored.Packed, scatters.Root(component), Dimension);
        }

        Span<double> lower = triangle.Length > CovarianceFactor.Few ? new double[triangle.Length] : stackalloc double[CovarianceFactor.Few];
        Factored.CopyLowerTo(lower);
        return Cholesky.TraceOfQuotient(lower, scatters.Root(component), Dimension);
    }

    private double[]? TryFactor()
    {
        double[] values = Interlocked.Exchange(ref _room, null) ?? new double[CovarianceFactor.Length(Dimension)];
        return CovarianceFactor.TryMake(triangle, Dimension, PivotTolerance, values) ? values : null;
    }
}
