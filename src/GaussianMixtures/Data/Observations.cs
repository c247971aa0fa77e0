using GaussianMixtures.Data;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>
/// The rows a mixture is fitted to or asked about: n observations of d columns each. Wraps the caller's array or matrix
/// without copying it; do not write to that while a call runs.
/// </summary>
/// <remarks>
/// Never constructed by name: pass a <see cref="Matrix{T}"/> of any storage (n x d), a <c>double[,]</c>, a <c>double[][]</c> of
/// equally long rows or a <c>float[,]</c> where observations are asked for. Everything is computed in double precision.
/// </remarks>
public abstract class Observations
{
    private protected Observations(long count, int dimension)
    {
        if (count < 1 || dimension < 1)
        {
            throw Refuse.Argument("x",
                $"x has {count} rows and {dimension} columns. Pass at least one row and one column.");
        }

        Count = count;
        Dimension = dimension;
    }

    /// <summary>The number of rows, n.</summary>
    public long Count { get; }

    /// <summary>The number of columns, d.</summary>
    public int Dimension { get; }

    /// <summary>Wraps a matrix of n rows and d columns, of any storage.</summary>
    /// <exception cref="ArgumentNullException">x is null.</exception>
    public static implicit operator Observations(Matrix<double> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[]? columns = x.AsColumnMajorArray();
        return columns is null ? new MatrixObservations(x) : new ColumnMajorObservations(columns, x.RowCount, x.ColumnCount);
    }

    /// <summary>Wraps an array of n rows and d columns.</summary>
    /// <exception cref="ArgumentNullException">x is null.</exception>
    /// <exception cref="ArgumentException">x has no row or no column.</exception>
    public static implicit operator Observations(double[,] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new RowMajorObservations(x);
    }

    /// <summary>Wraps n rows of d values each.</summary>
    /// <exception cref="ArgumentNullException">x or one of its rows is null.</exception>
    /// <exception cref="ArgumentException">x has no row, or rows of different lengths.</exception>
    public static implicit operator Observations(double[][] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new JaggedObservations(x);
    }

    /// <summary>Wraps an array of n rows and d columns in single precision; each value is widened as it is read.</summary>
    /// <exception cref="ArgumentNullException">x is null.</exception>
    /// <exception cref="ArgumentException">x has no row or no column.</exception>
    public static implicit operator Observations(float[,] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new SinglePrecisionObservations(x);
    }

    /// <summary>panel[i · Stride + s] = x[firstRow + s, i] for s &lt; count, i &lt; d.</summary>
    internal abstract void CopyTo(long firstRow, int count, Span<double> panel);

    /// <summary>Says that these rows will be asked for next.</summary>
    internal virtual void Prefetch(long firstRow, int count)
    {
    }
}
