using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Covariances;

/// <summary>σ²·I.</summary>
internal sealed class SphericalCovariance(int dimension, double variance) : Covariance(dimension)
{
    private double CommonVariance { get; } = variance;

    internal override double LogDeterminant => Dimension * Math.Log(CommonVariance);

    internal override double? IsotropicVariance => CommonVariance;

    public override Matrix<double> ToMatrix() => Matrix<double>.Build.DenseDiagonal(Dimension, CommonVariance);

    internal override CovarianceForm Form => CovarianceForm.Spherical;

    internal override double[] ToValues() => [CommonVariance];

    internal override double[] ToTriangle()
    {
        double[] triangle = new double[Triangle.Length(Dimension)];
        for (int i = 0; i < Dimension; i++)
        {
            triangle[Triangle.Index(i, i)] = CommonVariance;
        }

        return triangle;
    }

    internal override void AddTo(ScatterShape shape, double weight, Span<double> scatter) =>
        shape.AddDiagonal([.. Enumerable.Repeat(CommonVariance, Dimension)], weight, scatter);

    internal override double Variance(int column) => CommonVariance;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Exponents(in RowBlock block, ReadOnlySpan<double> mean, double offset, Span<double> scratch, Span<double> exponents) =>
        VectorKernels.Best.EuclideanExponents(block.Panel, mean, [offset], [1 / CommonVariance], block.Width, exponents);

    internal override void Whiten(in RowBlock block, Span<double> scratch, Span<double> whitened)
    {
        for (int i = 0; i < Dimension; i++)
        {
            VectorKernels.Best.Multiply(block.Panel.Slice(i * Panel.Stride, block.Width), 1 / Math.Sqrt(CommonVariance),
                whitened.Slice(i * Panel.Stride, block.Width));
        }
    }

    internal override void Whiten(ReadOnlySpan<double> point, Span<double> whitened) =>
        VectorKernels.Best.Multiply(point, 1 / Math.Sqrt(CommonVariance), whitened);

    internal override double Reach(ReadOnlySpan<double> x) => TensorPrimitives.Norm(x) / Math.Sqrt(CommonVariance);

    internal override double TraceOfInverseTimes(Covariance other) => Dimension * (other.Variance(0) / CommonVariance);

    internal override double[] ToRoot() => new SphericalCovariance(Dimension, Math.Sqrt(CommonVariance)).ToTriangle();

    internal override void Color(Span<double> draws) =>
        VectorKernels.Best.Multiply(draws, Math.Sqrt(CommonVariance), draws);

    internal override Covariance ScaleBy(int exponent) =>
        exponent == 0 ? this : new SphericalCovariance(Dimension, Math.ScaleB(CommonVariance, 2 * exponent));

    internal override Covariance Constrain(VarianceFloor floor, out int[] columns)
    {
        double lowest = floor.LowestSphericalVariance;
        bool binds = !(CommonVariance >= lowest);
        columns = binds ? AllColumns : [];
        return binds ? new SphericalCovariance(Dimension, lowest) : this;
    }

    internal override double ShareOf(VarianceFloor floor) => CommonVariance / floor.LowestSphericalVariance;

    internal override bool HasShareOf(VarianceFloor floor, double least) => ShareOf(floor) >= least;

    internal override double LeastVariance(ReadOnlySpan<double> scale) => CommonVariance / Math.Pow(TensorPrimitives.Max(scale), 2);

    internal override double TraceOfQuotient(ComponentScatters scatters, int component)
    {
        double[] diagonal = new double[Dimension];
        scatters.Shape.CopyDiagonal(scatters.Scatter(component), diagonal);
        return diagonal.Sum() / CommonVariance;
    }

    internal override int[] DegenerateColumns(ReadOnlySpan<double> scale) =>
        VarianceFloor.IsZero(CommonVariance, TensorPrimitives.Max(scale)) ? AllColumns : [];

    private int[] AllColumns => [.. Enumerable.Range(0, Dimension)];
}
