using GaussianMixtures.Data;
using GaussianMixtures.Sampling;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures;

/// <summary>Draws from a mixture.</summary>
public static class ModelSampling
{
    /// <summary>Draws rows: a component j with probability w_j, then m_j + L_j z with z standard normal and Σ_j = L_j L_jᵀ.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="count">How many rows, at least 1.</param>
    /// <param name="seed">The same seed gives the same rows, for any number of threads.</param>
    /// <exception cref="ArgumentNullException">model is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">count is below 1, or so many rows do not fit into one array.</exception>
    public static MixtureSample Sample(this GaussianMixtureModel model, int count, int seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (count < 1)
        {
            throw Refuse.OutOfRange(nameof(count), count, $"count is {count}. Draw at least 1 row.");
        }

        if (count > Array.MaxLength / model.Dimension)
        {
            throw Refuse.OutOfRange(nameof(count), count,
                $"count is {count}: so many rows of {model.Dimension} columns do not fit into one array. Draw them in several calls.");
        }

        double[] columns = GC.AllocateUninitializedArray<double>(count * model.Dimension);
        int[] labels = new int[count];
        new MixtureSampler(model.Parameters, seed).Draw(columns, labels);
        return new MixtureSample(Matrix<double>.Build.Dense(count, model.Dimension, columns), labels);
    }

    /// <summary>Draws rows, seeded by one number from a generator of the caller's own.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="count">How many rows, at least 1.</param>
    /// <param name="random">Asked for one number: a generator in the same state gives the same rows.</param>
    /// <exception cref="ArgumentNullException">model or random is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">count is below 1, or so many rows do not fit into one array.</exception>
    public static MixtureSample Sample(this GaussianMixtureModel model, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return model.Sample(count, random.Next());
    }
}
