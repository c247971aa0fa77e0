namespace GaussianMixtures.Bayesian;

/// <summary>The posterior distribution of a mixture's weights. Immutable.</summary>
internal abstract class WeightPosterior
{
    /// <summary>E w_j, adding up to 1.</summary>
    public abstract double[] ExpectedWeights { get; }

    /// <summary>E ln w_j.</summary>
    public abstract double[] ExpectedLogWeights { get; }

    /// <summary>The divergence from the prior.</summary>
    public abstract double Divergence { get; }

    /// <summary>The distribution's parameters, a row per component.</summary>
    public abstract double[,] Concentrations { get; }

    /// <summary>The components in another order: new component j is the old <paramref name="order"/>[j].</summary>
    public abstract WeightPosterior Reorder(int[] order);
}
