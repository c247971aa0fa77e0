namespace GaussianMixtures;

/// <summary>What a <see cref="LikelihoodRatioTest"/> found. Immutable.</summary>
public sealed class LikelihoodRatioTestResult
{
    internal LikelihoodRatioTestResult(GaussianMixtureModel smaller, GaussianMixtureModel larger, double statistic, double[] replicateStatistics)
    {
        Smaller = smaller;
        Larger = larger;
        Statistic = statistic;
        ReplicateStatistics = Array.AsReadOnly(replicateStatistics);
        PValue = (1.0 + replicateStatistics.Count(replicate => replicate >= statistic)) / (replicateStatistics.Length + 1);
    }

    /// <summary>The fitted mixture of k components.</summary>
    public GaussianMixtureModel Smaller { get; }

    /// <summary>The fitted mixture of k + 1 components.</summary>
    public GaussianMixtureModel Larger { get; }

    /// <summary>2·(ll_{k+1} − ll_k), not below 0.</summary>
    public double Statistic { get; }

    /// <summary>The same for each data set drawn from <see cref="Smaller"/>, in the order they were drawn in.</summary>
    public IReadOnlyList<double> ReplicateStatistics { get; }

    /// <summary>
    /// (1 + the number of replicate statistics at or above <see cref="Statistic"/>) / (replicates + 1): how often chance alone does
    /// as much for one more component.
    /// </summary>
    public double PValue { get; }

    /// <summary>The test in a line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Smaller.Components} against {Larger.Components} components, {Smaller.CovarianceType}: statistic {Statistic:F3}, p = {PValue:G4}");
}
