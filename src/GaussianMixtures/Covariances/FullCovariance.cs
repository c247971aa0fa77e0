using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Covariances;

/// <summary>A symmetric matrix, kept as its lower triangle and, once asked for, its packed Cholesky factor.</summary>
/// <param name="triangle">Kept, not copied.</param>
/// <param name="dimension">d.</param>
/// <param name="arrays">Where the triangle is from, if from anywhere.</param>
internal sealed partial class FullCovariance(double[] triangle, int dimension, LargeArrays? arrays = null) : Covariance(dimension)
{
    /// <summary>The distance from 1 to the next double.</summary>
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Made on first use and then kept; two threads would make the same.</summary>
    private CovarianceFactor? _factor;

    internal override double LogDeterminant => Factored.LogDeterminant;

    /// <summary>A pivot below this share of its diagonal element is rounding: the column depends on earlier ones.</summary>
    private double PivotTolerance => 8 * Dimension * Epsilon;

    private CovarianceFactor Factored => _factor ??= TryFactor()
        ?? throw new InvalidOperationException("A covariance was used before it was found to be positive definite.");

    private bool IsRegular => (_factor ??= TryFactor()) is not null;

    public override Matrix<double> ToMatrix() => Triangle.ToMatrix(triangle, Dimension);

    internal override CovarianceForm Form => CovarianceForm.Full;

    internal override double[] ToValues() => ToTriangle();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void ToCoordinates(Span<double> coordinates, ReadOnlySpan<double> scale)
    {
        Factored.CopyLowerTo(coordinates);
        for (int i = 0; i < Dimension; i++)
        {
            Span<double> row = coordinates.Slice(Triangle.Index(i, 0), i + 1);
            VectorKernels.Best.Multiply(row, 1 / scale[i], row);
            row[i] = Math.Log(row[i]);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override Covariance FromCoordinates(ReadOnlySpan<double> coordinates, ReadOnlySpan<double> scale)
    {
        Span<double> lower = triangle.Length > CovarianceFactor.Few ? new double[triangle.Length] : stackalloc double[CovarianceFactor.Few];
        lower = lower[..triangle.Length];
        coordinates.CopyTo(lower);
        for (int i = 0; i < Dimension; i++)
        {
            Span<double> row = lower.Slice(Triangle.Index(i, 0), i + 1);
            row[i] = Math.Exp(row[i]);
            VectorKernels.Best.Multiply(row, scale[i], row);
        }

        return new FullCovariance(Cholesky.Product(lower, Dimension), Dimension);
    }

    internal override double[] ToTriangle() => triangle.AsSpan().ToArray();

    internal override void AddTo(ScatterShape shape, double weight, Span<double> scatter) => shape.Project(triangle, Dimension, weight, scatter);

    internal override double Variance(int column) => triangle[Triangle.Index(column, column)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Exponents(in RowBlock block, ReadOnlySpan<double> mean, double offset, Span<double> scratch, Span<double> exponents) =>
        VectorKernels.Best.Exponents(block.Panel, mean, Factored.Packed, offset, block.Width, scratch, exponents);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Whiten(in RowBlock block, Span<double> scratch, Span<double> whitened) =>
        VectorKernels.Best.Whiten(block.Panel, Factored.Origin, Factored.Packed, block.Width, scratch, whitened);

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

    internal override void Release(LargeArrays owner)
    {
        if (!ReferenceEquals(arrays, owner))
        {
            return;
        }

        owner.Return(triangle);
        if (_factor is not null)
        {
            owner.Return(_factor.Packed);
        }

        // Who reads it all the same shall fail, and not read another's values.
        (triangle, _factor, arrays) = ([], null, null);
    }

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

    private CovarianceFactor? TryFactor() => CovarianceFactor.TryOf(triangle, Dimension, PivotTolerance, arrays);
}
