using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Covariances;

/// <summary>One variance per column, no correlation.</summary>
internal sealed class DiagonalCovariance : Covariance
{
    /// <summary>Numbers that fit on the stack.</summary>
    private const int Few = 64;

    private readonly double[] _variances;

    /// <summary>Made on first use and then kept; two threads would make the same, in arrays of their own.</summary>
    private double[]? _inverseDeviations;

    /// <summary>An array for them, for who comes first.</summary>
    private double[]? _room;

    /// <param name="variances">Kept, not copied.</param>
    /// <param name="arrays">Where to take an array from, if from anywhere; asked at once, by the thread it is for.</param>
    public DiagonalCovariance(double[] variances, LoopArrays? arrays = null)
        : base(variances.Length)
    {
        _variances = variances;
        _room = arrays is null ? null : LoopArrays.Take(arrays, variances.Length);
    }

    internal override double LogDeterminant => ScaledProduct.LogOf(_variances);

    public override Matrix<double> ToMatrix() => Matrix<double>.Build.DenseOfDiagonalArray(_variances);

    internal override ReadOnlySpan<double> InverseDeviations => Inverse;

    private double[] Inverse => _inverseDeviations ??= MakeInverse();

    internal override CovarianceForm Form => CovarianceForm.Diagonal;

    internal override double[] ToValues() => (double[])_variances.Clone();

    internal override double[] ToTriangle()
    {
        double[] triangle = new double[Triangle.Length(Dimension)];
        for (int i = 0; i < Dimension; i++)
        {
            triangle[Triangle.Index(i, i)] = _variances[i];
        }

        return triangle;
    }

    internal override void AddTo(ScatterShape shape, double weight, Span<double> scatter) => shape.AddDiagonal(_variances, weight, scatter);

    internal override double Variance(int column) => _variances[column];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Exponents(in RowBlock block, ReadOnlySpan<double> mean, double offset, Span<double> scratch, Span<double> exponents) =>
        VectorKernels.Best.ScaledExponents(block.Panel, mean, Inverse, [offset], block.Width, exponents);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Whiten(in RowBlock block, Span<double> scratch, Span<double> whitened)
    {
        for (int i = 0; i < Dimension; i++)
        {
            VectorKernels.Best.Multiply(block.Panel.Slice(i * Panel.Stride, block.Width), Inverse[i],
                whitened.Slice(i * Panel.Stride, block.Width));
        }
    }

    internal override void Whiten(ReadOnlySpan<double> point, Span<double> whitened) =>
        TensorPrimitives.Multiply(point, Inverse, whitened);

    internal override double Reach(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double deviations = x[i] * Inverse[i];
            sum += deviations * deviations;
        }

        return Math.Sqrt(sum);
    }

    internal override double TraceOfInverseTimes(Covariance other)
    {
        double trace = 0;
        for (int i = 0; i < Dimension; i++)
        {
            trace += other.Variance(i) * Inverse[i] * Inverse[i];
        }

        return trace;
    }

    internal override double[] ToRoot()
    {
        double[] root = new double[Triangle.Length(Dimension)];
        for (int i = 0; i < Dimension; i++)
        {
            root[Triangle.Index(i, i)] = Math.Sqrt(_variances[i]);
        }

        return root;
    }

    internal override void Color(Span<double> draws)
    {
        double[] deviations = Array.ConvertAll(_variances, Math.Sqrt);
        for (int row = 0; row < draws.Length; row += Dimension)
        {
            for (int i = 0; i < Dimension; i++)
            {
                draws[row + i] *= deviations[i];
            }
        }
    }

    internal override Covariance ScaleBy(int exponent) =>
        exponent == 0 ? this : new DiagonalCovariance(Array.ConvertAll(_variances, variance => Math.ScaleB(variance, 2 * exponent)));

    internal override Covariance Constrain(VarianceFloor floor, out int[] columns)
    {
        List<int>? bound = null;
        for (int i = 0; i < _variances.Length; i++)
        {
            if (!(_variances[i] >= floor.LowestVariance(i)) || double.IsInfinity(_variances[i]))
            {
                (bound ??= []).Add(i);
            }
        }

        columns = bound?.ToArray() ?? [];
        if (bound is null)
        {
            return this;
        }

        double[] constrained = (double[])_variances.Clone();
        foreach (int column in columns)
        {
            constrained[column] = floor.LowestVariance(column);
        }

        return new DiagonalCovariance(constrained);
    }

    internal override double ShareOf(VarianceFloor floor)
    {
        double share = double.PositiveInfinity;
        for (int i = 0; i < _variances.Length; i++)
        {
            share = Math.Min(share, _variances[i] / floor.LowestVariance(i));
        }

        return share;
    }

    internal override bool HasShareOf(VarianceFloor floor, double least) => ShareOf(floor) >= least;

    internal override double LeastVariance(ReadOnlySpan<double> scale)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < _variances.Length; i++)
        {
            least = Math.Min(least, _variances[i] / scale[i] / scale[i]);
        }

        return least;
    }

    internal override double TraceOfQuotient(ComponentScatters scatters, int component)
    {
        Span<double> diagonal = Dimension > Few ? new double[Dimension] : stackalloc double[Dimension];
        scatters.Shape.CopyDiagonal(scatters.Scatter(component), diagonal);
        double sum = 0;
        for (int i = 0; i < diagonal.Length; i++)
        {
            sum += diagonal[i] / _variances[i];
        }

        return sum;
    }

    internal override int[] DegenerateColumns(ReadOnlySpan<double> scale)
    {
        List<int>? degenerate = null;
        for (int i = 0; i < _variances.Length; i++)
        {
            if (VarianceFloor.IsZero(_variances[i], scale[i]) || double.IsInfinity(_variances[i]))
            {
                (degenerate ??= []).Add(i);
            }
        }

        return degenerate?.ToArray() ?? [];
    }

    private double[] MakeInverse()
    {
        double[] inverse = Interlocked.Exchange(ref _room, null) ?? new double[_variances.Length];
        for (int i = 0; i < inverse.Length; i++)
        {
            inverse[i] = 1 / Math.Sqrt(_variances[i]);
        }

        return inverse;
    }
}
