using System.Runtime.CompilerServices;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GaussianMixtures.Covariances;

/// <content>How near to singular the matrix is, and what is done about that.</content>
internal sealed partial class FullCovariance
{
    /// <summary>In an eigenvector of length 1, a column with at least this share of the largest entry takes part.</summary>
    private const double Participates = 0.1;

    /// <remarks>
    /// The floor holds exactly where Σ − floor·D² is positive definite, which one factorisation tells; only where it fails are
    /// eigenvalues needed. Raising the low ones to the floor is the constrained maximum, because the likelihood of a
    /// Gaussian depends on Σ through the eigenvalues of Σ⁻¹S, which are largest along S's own eigenvectors (Theobald 1975,
    /// doi:10.1093/biomet/62.2.461). A matrix that is not finite has no maximum to speak of: the floor binds in all columns, and it
    /// stays what it is.
    /// </remarks>
    internal override Covariance Constrain(VarianceFloor floor, out int[] columns)
    {
        bool isFinite = IsFinite(floor.Scale);
        columns = isFinite ? [] : [.. Enumerable.Range(0, Dimension)];
        if (!isFinite || (CovarianceFactor.IsAbove(triangle, floor) && IsRegular))
        {
            return this;
        }

        Evd<double> eigen = Standardized(floor.Scale).Evd(Symmetricity.Symmetric);
        double highest = eigen.EigenValues[Dimension - 1].Real;
        double lowest = LowestEigenvalue(floor, highest);
        HashSet<int> bound = [];
        double[] constrained = new double[triangle.Length];
        for (int e = 0; e < Dimension; e++)
        {
            double eigenvalue = eigen.EigenValues[e].Real;
            Vector<double> direction = eigen.EigenVectors.Column(e);
            if (!(eigenvalue >= lowest))
            {
                eigenvalue = lowest;
                bound.UnionWith(Participants(direction));
            }

            for (int i = 0, at = 0; i < Dimension; i++)
            {
                for (int j = 0; j <= i; j++, at++)
                {
                    constrained[at] += floor.Scale[i] * floor.Scale[j] * (eigenvalue * direction[i] * direction[j]);
                }
            }
        }

        columns = [.. bound.Order()];
        return new FullCovariance(constrained, Dimension);
    }

    internal override double ShareOf(VarianceFloor floor)
    {
        if (!IsFinite(floor.Scale))
        {
            return 0;
        }

        ReadOnlySpan<double> eigenvalues = PrincipalAxes.Of(Standardized(triangle, floor.Scale), Dimension).Values;
        return eigenvalues[^1] / LowestEigenvalue(floor, eigenvalues[0]);
    }

    /// <remarks>The trace is no less than the highest eigenvalue.</remarks>
    internal override bool HasShareOf(VarianceFloor floor, double least)
    {
        double trace = 0;
        for (int i = 0; i < Dimension; i++)
        {
            trace += Variance(i) / floor.Scale[i] / floor.Scale[i];
        }

        return LowestEigenvalue(floor, trace) <= floor.Relative && (IsFarAbove(floor, least) || CovarianceFactor.IsAbove(triangle, floor, least));
    }

    /// <summary>Whether the factor alone tells: tr(Σ⁻¹D²), which is no less than the inverse of the lowest eigenvalue, leaves room for any rounding.</summary>
    private bool IsFarAbove(VarianceFloor floor, double least) => Dimension <= PackedFactor.MostInRows && IsRegular
        && PackedFactor.TraceOfQuotient(Factored.Packed, floor.Scale) * least * floor.Relative < 0.5;

    internal override double LeastVariance(ReadOnlySpan<double> scale) =>
        IsFinite(scale) ? PrincipalAxes.Of(Standardized(triangle, scale), Dimension).Values[^1] : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int[] DegenerateColumns(ReadOnlySpan<double> scale)
    {
        List<int>? vanishing = null;
        for (int i = 0; i < Dimension; i++)
        {
            if (VarianceFloor.IsZero(Variance(i), scale[i]) || !double.IsFinite(Variance(i)))
            {
                (vanishing ??= []).Add(i);
            }
        }

        if (vanishing is not null)
        {
            return [.. vanishing];
        }

        if (!IsFinite(scale))
        {
            return [.. Enumerable.Range(0, Dimension)];
        }

        return IsRegular ? [] : [.. Participants(Standardized(scale).Evd(Symmetricity.Symmetric).EigenVectors.Column(0)).Order()];
    }

    /// <summary>The floor; but far below the highest eigenvalue a double cannot hold the lowest ones: there, what keeps a matrix positive definite.</summary>
    private double LowestEigenvalue(VarianceFloor floor, double highest) => Math.Max(floor.Relative, 2 * PivotTolerance * highest);

    /// <summary>Whether the matrix is finite in units of the columns' deviations: MathNet's Evd takes nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsFinite(ReadOnlySpan<double> scale)
    {
        bool finite = true;
        for (int i = 0, at = 0; i < Dimension; i++)
        {
            for (int j = 0; j <= i; j++, at++)
            {
                finite &= Math.Abs(triangle[at]) < 1e150 * scale[i] * scale[j];
            }
        }

        return finite;
    }

    private static IEnumerable<int> Participants(Vector<double> direction)
    {
        double threshold = Participates * direction.AbsoluteMaximum();
        return Enumerable.Range(0, direction.Count).Where(i => Math.Abs(direction[i]) >= threshold);
    }

    private Matrix<double> Standardized(ReadOnlySpan<double> scale) => Triangle.ToMatrix(Standardized(triangle, scale), Dimension);

    /// <summary>matrix[i, j] / (scale[i] scale[j]).</summary>
    private static double[] Standardized(ReadOnlySpan<double> matrix, ReadOnlySpan<double> scale)
    {
        double[] standardized = new double[matrix.Length];
        for (int i = 0, at = 0; i < scale.Length; i++)
        {
            for (int j = 0; j <= i; j++, at++)
            {
                standardized[at] = matrix[at] / scale[i] / scale[j];
            }
        }

        return standardized;
    }
}
