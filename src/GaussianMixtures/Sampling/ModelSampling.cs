using GaussianMixtures.Data;
using GaussianMixtures.Kernels;
using GaussianMixtures.Scoring;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>Draws from a mixture.</summary>
public static class ModelSampling
{
    /// <summary>Draws rows: a component j with probability w_j, then m_j + L_j z with z standard normal and Σ_j = L_j L_jᵀ.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="count">How many rows, at least 1.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <exception cref="ArgumentNullException">model is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">count is below 1.</exception>
    public static MixtureSample Sample(this GaussianMixtureModel model, int count, int seed) =>
        model.Sample(count, RandomStream.At(seed, 0, RandomPurpose.Sampling));

    /// <summary>Draws rows with random numbers of the caller's own.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="count">How many rows, at least 1.</param>
    /// <param name="random">The source of randomness; used by this thread only while the call runs.</param>
    /// <exception cref="ArgumentNullException">model or random is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">count is below 1.</exception>
    public static MixtureSample Sample(this GaussianMixtureModel model, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(random);
        if (count < 1)
        {
            throw Refuse.OutOfRange(nameof(count), count, $"count is {count}. Draw at least 1 row.");
        }

        MixtureParameters parameters = model.Parameters;
        int d = model.Dimension;
        Categorical components = new(parameters.Weights, random);
        Matrix<double> rows = Matrix<double>.Build.Dense(count, d);
        int[] labels = new int[count];
        double[] draws = new double[d];
        double[] coloured = new double[d];
        for (int row = 0; row < count; row++)
        {
            int component = labels[row] = components.Sample();
            Normal.Samples(random, draws, 0, 1);
            parameters.Covariances[component].Color(draws, coloured);
            ReadOnlySpan<double> mean = parameters.Mean(component);
            for (int i = 0; i < d; i++)
            {
                rows[row, i] = mean[i] + coloured[i];
            }
        }

        return new MixtureSample(rows, labels);
    }
}
