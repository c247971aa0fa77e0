using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Kernels;

/// <summary>A symmetric matrix kept as its lower triangle, rows one after another: (i, j), j ≤ i, stands at i(i + 1) / 2 + j.</summary>
internal static class Triangle
{
    public static int Length(int d) => d * (d + 1) / 2;

    public static int Index(int row, int column) => (row * (row + 1) / 2) + column;

    /// <summary>Both triangles, as a new matrix.</summary>
    public static Matrix<double> ToMatrix(ReadOnlySpan<double> triangle, int d)
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(d, d);
        for (int i = 0, at = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++, at++)
            {
                matrix[i, j] = matrix[j, i] = triangle[at];
            }
        }

        return matrix;
    }
}
