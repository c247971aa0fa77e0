using GaussianMixtures;
using MathNet.Numerics.LinearAlgebra;

namespace HowManyClusters;

/// <summary>Rows made from a known recipe, and what the answers to them teach.</summary>
internal sealed record Scene(string Title, Matrix<double> Rows, IReadOnlyList<string> Lesson)
{
    public static IReadOnlyList<Scene> All { get; } =
    [
        new("Four round clusters, well apart", Round(300, spread: 6),
        [
            "All agree. Where clusters are Gaussian and lie apart, the three questions are one.",
        ]),
        new("Two clusters, one of them bent", Bent(600),
        [
            "A bent cluster is no Gaussian. BIC asks how many Gaussians describe the density, and spends two on the bend.",
            "ICL asks for groups that do not overlap: the halves of the bend do, and every row that could be of either costs.",
            "The process weighs the whole posterior: what the second half would gain is less than what it would cost.",
        ]),
        new("Four clusters that run into each other", Round(1000, spread: 3),
        [
            "BIC and the process see four parts in the density, and the process their shares too (made were 0.4, 0.3, 0.2, 0.1).",
            "ICL will not call groups what nobody could tell apart: to it there is one.",
        ]),
    ];

    /// <summary>Unit variances about the corners of a square.</summary>
    private static Matrix<double> Round(int rows, double spread)
    {
        double[,] corners = { { 0, 0 }, { 0, spread }, { spread, 0 }, { spread, spread } };
        GaussianMixtureModel recipe = GaussianMixtureModel.FromParameters(
            Vector<double>.Build.DenseOfArray([0.4, 0.3, 0.2, 0.1]),
            Matrix<double>.Build.DenseOfArray(corners),
            [.. Enumerable.Repeat(Matrix<double>.Build.DenseIdentity(2), 4)],
            CovarianceType.Spherical);
        return recipe.Sample(rows, seed: 1).Observations;
    }

    /// <summary>A flat ellipse bent to a parabola, and a circle above it.</summary>
    private static Matrix<double> Bent(int rows)
    {
        GaussianMixtureModel recipe = GaussianMixtureModel.FromParameters(
            Vector<double>.Build.DenseOfArray([0.7, 0.3]),
            Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 0 }, { 0, 12 } }),
            [Matrix<double>.Build.DenseOfDiagonalArray([4, 0.5]), Matrix<double>.Build.DenseOfDiagonalArray([0.5, 0.5])]);
        MixtureSample sample = recipe.Sample(rows, seed: 2);
        return Matrix<double>.Build.Dense(rows, 2, (i, j) => sample.Observations[i, j]
            + (j == 1 && sample.Labels[i] == 0 ? 0.05 * sample.Observations[i, 0] * sample.Observations[i, 0] : 0));
    }
}
