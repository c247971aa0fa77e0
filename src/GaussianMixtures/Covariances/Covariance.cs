using System.Runtime.CompilerServices;
using GaussianMixtures.Covariances;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>
/// The covariance matrix of one component, as a value with behaviour, in one of three forms: σ²·I, a diagonal, or a full
/// symmetric matrix. Immutable. Components may share one instance, and then the engine does the work for it once.
/// </summary>
public abstract class Covariance
{
    private protected Covariance(int dimension)
    {
        Dimension = dimension;
    }

    /// <summary>The number of columns, d.</summary>
    public int Dimension { get; }

    /// <summary>σ²·I.</summary>
    /// <param name="dimension">d, at least 1.</param>
    /// <param name="variance">σ², in squared data units.</param>
    /// <exception cref="ArgumentOutOfRangeException">dimension is below 1.</exception>
    public static Covariance Spherical(int dimension, double variance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        return new SphericalCovariance(dimension, variance);
    }

    /// <summary>A diagonal matrix.</summary>
    /// <param name="variances">The d variances, in squared data units; copied.</param>
    /// <exception cref="ArgumentException">variances is empty.</exception>
    public static Covariance Diagonal(ReadOnlySpan<double> variances)
    {
        if (variances.IsEmpty)
        {
            throw Refuse.Argument(nameof(variances), "variances is empty. Pass one variance per column.");
        }

        return new DiagonalCovariance(variances.ToArray());
    }

    /// <summary>A full symmetric matrix, of which only the lower triangle is read.</summary>
    /// <param name="matrix">d x d, in squared data units; copied.</param>
    /// <exception cref="ArgumentNullException">matrix is null.</exception>
    /// <exception cref="ArgumentException">matrix is not square.</exception>
    public static Covariance Full(Matrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.RowCount != matrix.ColumnCount)
        {
            throw Refuse.Argument(nameof(matrix),
                $"matrix is {matrix.RowCount} x {matrix.ColumnCount}. A covariance is square, d x d.");
        }

        double[] triangle = new double[Triangle.Length(matrix.RowCount)];
        for (int i = 0, at = 0; i < matrix.RowCount; i++)
        {
            for (int j = 0; j <= i; j++, at++)
            {
                triangle[at] = matrix[i, j];
            }
        }

        return new FullCovariance(triangle, matrix.RowCount);
    }

    /// <summary>The matrix, d x d, as a copy.</summary>
    public abstract Matrix<double> ToMatrix();

    /// <summary>Which of the three forms this is.</summary>
    internal abstract CovarianceForm Form { get; }

    /// <summary>The numbers this covariance is made of, as <see cref="Form"/> lays them out.</summary>
    internal abstract double[] ToValues();

    /// <summary>The lower triangle, row after row.</summary>
    internal abstract double[] ToTriangle();

    /// <summary>Adds weight · Σ, as far as the shape knows it, to one component's scatter.</summary>
    internal abstract void AddTo(ScatterShape shape, double weight, Span<double> scatter);

    /// <summary>Σ[column, column].</summary>
    internal abstract double Variance(int column);

    /// <summary>log |Σ|, as a sum of logarithms.</summary>
    internal abstract double LogDeterminant { get; }

    /// <summary>σ² where the covariance is σ²·I, else null.</summary>
    internal virtual double? IsotropicVariance => null;

    /// <summary>1/σ of each column where the covariance is a diagonal matrix of variances σ², else empty.</summary>
    internal virtual ReadOnlySpan<double> InverseDeviations => [];

    /// <summary>exponents[s] = offset − (x_s − m)ᵀ Σ⁻¹ (x_s − m) / 2 for every sample of the block: finite, unless the offset is −∞.</summary>
    internal abstract void Exponents(in RowBlock block, ReadOnlySpan<double> mean, double offset, Span<double> scratch, Span<double> exponents);

    /// <summary>whitened = L⁻¹x for every sample of the block, where Σ = L Lᵀ.</summary>
    internal abstract void Whiten(in RowBlock block, Span<double> scratch, Span<double> whitened);

    /// <summary>whitened = L⁻¹x for one point.</summary>
    internal abstract void Whiten(ReadOnlySpan<double> point, Span<double> whitened);

    /// <summary>
    /// | |L⁻¹|·x |, for x not negative: how many standard deviations a point x from the mean is away at most, whatever the signs, and
    /// so how much rounding in x can weigh.
    /// </summary>
    internal abstract double Reach(ReadOnlySpan<double> x);

    /// <summary>tr(Σ⁻¹ other), where both are of one form.</summary>
    internal abstract double TraceOfInverseTimes(Covariance other);

    /// <summary>The lower triangular L of Σ = L Lᵀ, row after row.</summary>
    internal abstract double[] ToRoot();

    /// <summary>Replaces standard normal draws, rows of d values one after another, by draws L z of this covariance.</summary>
    internal abstract void Color(Span<double> draws);

    /// <summary>Σ · 4^exponent: the covariance of data multiplied by 2^exponent. Exact.</summary>
    internal abstract Covariance ScaleBy(int exponent);

    /// <summary>
    /// The maximum-likelihood covariance among those whose variance is nowhere below the floor, given that this is the
    /// unconstrained one; this instance where the floor does not bind. <paramref name="columns"/> are those it binds in.
    /// </summary>
    internal abstract Covariance Constrain(VarianceFloor floor, out int[] columns);

    /// <summary>The least variance in any direction, over the floor there.</summary>
    internal abstract double ShareOf(VarianceFloor floor);

    /// <summary>Whether <see cref="ShareOf"/> is known to be at least that, without finding it.</summary>
    internal abstract bool HasShareOf(VarianceFloor floor, double least);

    /// <summary>The least variance in any direction, in units of the columns' deviations <paramref name="scale"/>; 0 where it is rounding.</summary>
    internal abstract double LeastVariance(ReadOnlySpan<double> scale);

    /// <summary>tr(Σ⁻¹W_j), for the scatter of one component.</summary>
    internal abstract double TraceOfQuotient(ComponentScatters scatters, int component);

    /// <summary>Σ_j −½ (N_j log|Σ_j| + tr(Σ_j⁻¹ W_j)): what an M-step maximises.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Objective(ComponentCovariances covariances, ComponentScatters scatters)
    {
        double sum = 0;
        for (int j = 0; j < covariances.Count; j++)
        {
            sum -= 0.5 * ((scatters.Weight(j) * covariances[j].LogDeterminant)
                + (scatters.Share(j) * covariances[j].TraceOfQuotient(scatters, j)));
        }

        return sum;
    }

    /// <summary>
    /// The columns in which the variance vanishes numerically, or that depend linearly on others; empty where the matrix is
    /// positive definite. <paramref name="scale"/> holds the data's standard deviation of each column.
    /// </summary>
    internal abstract int[] DegenerateColumns(ReadOnlySpan<double> scale);
}
