using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>MathNet's dense storage: a panel row is a stretch of a column.</summary>
internal sealed class ColumnMajorObservations(double[] columns, int count, int dimension) : Observations(count, dimension)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void CopyTo(long firstRow, int count, Span<double> panel)
    {
        for (int i = 0; i < Dimension; i++)
        {
            int start = (int)(((long)i * Count) + firstRow);
            columns.AsSpan(start, count).CopyTo(panel[(i * Panel.Stride)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Prefetch(long firstRow, int count)
    {
        int stretches = Math.Min(Dimension, (int)(Kernels.Prefetch.MostBytes / (Panel.BlockSize * sizeof(double))));
        for (int i = 0; i < stretches; i++)
        {
            int start = (int)(((long)i * Count) + firstRow);
            Kernels.Prefetch.Bytes(MemoryMarshal.AsBytes(columns.AsSpan(start, count)));
        }
    }
}

/// <summary>Any other storage (sparse, diagonal, a caller's own): element by element.</summary>
internal sealed class MatrixObservations(Matrix<double> matrix) : Observations(matrix.RowCount, matrix.ColumnCount)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void CopyTo(long firstRow, int count, Span<double> panel)
    {
        for (int i = 0; i < Dimension; i++)
        {
            for (int s = 0; s < count; s++)
            {
                panel[(i * Panel.Stride) + s] = matrix.At((int)firstRow + s, i);
            }
        }
    }
}

/// <summary>Rows one after another; more than 2^31 elements are addressed by a native offset.</summary>
internal sealed class RowMajorObservations(double[,] rows) : Observations(rows.GetLongLength(0), rows.GetLength(1))
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void CopyTo(long firstRow, int count, Span<double> panel)
    {
        ref double first = ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(rows));
        ref double start = ref Unsafe.Add(ref first, (nint)(firstRow * Dimension));
        Transpose.Rows(ref start, count, Dimension, panel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Prefetch(long firstRow, int count)
    {
        ref double first = ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(rows));
        ref double start = ref Unsafe.Add(ref first, (nint)(firstRow * Dimension));
        Kernels.Prefetch.Bytes(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref start, count * Dimension)));
    }
}

/// <summary>An array of rows.</summary>
internal sealed class JaggedObservations : Observations
{
    private readonly double[][] _rows;

    public JaggedObservations(double[][] rows)
        : base(rows.LongLength, rows.LongLength == 0 ? 0 : CheckedRow(rows, 0).Length)
    {
        for (long row = 1; row < rows.LongLength; row++)
        {
            if (CheckedRow(rows, row).Length != Dimension)
            {
                throw Refuse.Argument("x",
                    $"x has {rows[row].Length} columns in row {row} but {Dimension} in row 0. Give every row the same length.");
            }
        }

        _rows = rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void CopyTo(long firstRow, int count, Span<double> panel)
    {
        for (int s = 0; s < count; s++)
        {
            double[] row = _rows[firstRow + s];
            for (int i = 0; i < row.Length; i++)
            {
                panel[(i * Panel.Stride) + s] = row[i];
            }
        }
    }

    private static double[] CheckedRow(double[][] rows, long row) =>
        rows[row] ?? throw Refuse.Null("x", $"x has no values in row {row}: it is null.");
}

/// <summary>Single precision, rows one after another.</summary>
internal sealed class SinglePrecisionObservations(float[,] rows) : Observations(rows.GetLongLength(0), rows.GetLength(1))
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void CopyTo(long firstRow, int count, Span<double> panel)
    {
        ref float first = ref Unsafe.As<byte, float>(ref MemoryMarshal.GetArrayDataReference(rows));
        ref float start = ref Unsafe.Add(ref first, (nint)(firstRow * Dimension));
        for (int i = 0; i < Dimension; i++)
        {
            for (int s = 0; s < count; s++)
            {
                panel[(i * Panel.Stride) + s] = Unsafe.Add(ref start, (s * (nint)Dimension) + i);
            }
        }
    }
}

/// <summary>One point, while a call on it lasts: the batch of one.</summary>
internal static class SinglePoint
{
    public static void CopyTo(ReadOnlySpan<double> point, Span<double> panel)
    {
        for (int i = 0; i < point.Length; i++)
        {
            panel[i * Panel.Stride] = point[i];
        }
    }
}
