using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>Rows drawn from a mixture.</summary>
/// <param name="Observations">The rows, n x d, in data units, in random order of components.</param>
/// <param name="Labels">The component each row was drawn from, counted from 0.</param>
public sealed record MixtureSample(Matrix<double> Observations, int[] Labels);
